/** The Pulumi program of this project. */
import { deploy } from 'railhead';

const system = await deploy();

export const url = system.url;
export const services = system.addresses;
