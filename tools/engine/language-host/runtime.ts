import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { ILanguageRuntimeServer } from '@pulumi/pulumi/proto/language_grpc_pb.js';
import language from '@pulumi/pulumi/proto/language_pb.js';
import plugin from '@pulumi/pulumi/proto/plugin_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import { about, programDependencies, sdkVersion } from './about.ts';
import { cancelChildren } from './children.ts';
import { installDependencies, runPlugin } from './commands.ts';
import { runProgram } from './run.ts';

type Methods = Pick<
  ILanguageRuntimeServer,
  | 'handshake'
  | 'getPluginInfo'
  | 'getRequiredPlugins'
  | 'getRequiredPackages'
  | 'run'
  | 'runPlugin'
  | 'installDependencies'
  | 'runtimeOptionsPrompts'
  | 'template'
  | 'about'
  | 'getProgramDependencies'
  | 'cancel'
>;

/**
 * The methods that running programs takes. What generates code (`pulumi convert`, `package gen-sdk`, the program that
 * `pulumi import` prints) exists in Go alone and stays unimplemented: that needs the official CLI.
 */
export function languageRuntime(startAddress: string): Methods {
  let engineAddress = startAddress;
  return {
    handshake: unary((request: language.LanguageHandshakeRequest) => {
      engineAddress = request.getEngineAddress();
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(sdkVersion)),
    // None by name: the engine fetches a plugin when the program first uses it, so that nobody waits for the plugins of a
    // target that the environment does not use.
    getRequiredPlugins: unary(() => new language.GetRequiredPluginsResponse()),
    getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
    run: unary((request: language.RunRequest) => runProgram(request, engineAddress)),
    runPlugin,
    installDependencies,
    runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
    template: unary(() => new language.TemplateResponse()),
    about: unary(about),
    getProgramDependencies: unary(programDependencies),
    cancel: unary(() => {
      cancelChildren();
      return new empty.Empty();
    }),
  };
}

/** A gRPC method from a function; what it throws is the call's error. */
function unary<Request, Response>(method: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    const answer = async () => method(call.request);
    answer().then(
      (response) => callback(null, response),
      (error: Error) => callback(error),
    );
  };
}
