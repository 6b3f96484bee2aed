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
 * Returns the methods that are needed to run programs. Code generation (`pulumi convert`, `package gen-sdk`, the
 * program that `pulumi import` prints) exists only in Go and stays unimplemented: it needs the official CLI.
 */
export function languageRuntime(startAddress: string): Methods {
  let engineAddress = startAddress;
  return {
    handshake: unary((request: language.LanguageHandshakeRequest) => {
      engineAddress = request.getEngineAddress();
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(sdkVersion)),
    // No plugins: the engine fetches a plugin when the program first uses it, so that an environment does not need the
    // plugins of targets that it does not use.
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

/** Makes a gRPC method from a function. An error of the function becomes the error of the call. */
function unary<Request, Response>(method: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    const answer = async () => method(call.request);
    answer().then(
      (response) => callback(null, response),
      (error: Error) => callback(error),
    );
  };
}
