/** A service of a runtime: its files below `services/<name>`, what it answers, and its fields. */
export interface RuntimeExample {
  files: Record<string, string>;
  answer: string;
  fields: { port: number; minReady?: string; health?: { path: string } };
}

/** Services whose build makes what they need to answer: an installed package, a class that is loaded, or a jar. */
export const furtherRuntimes: Record<'ruby' | 'php' | 'java' | 'bun' | 'deno', RuntimeExample> = {
  ruby: {
    fields: { port: 3001, minReady: '1s' },
    answer: 'from Ruby',
    files: {
      Gemfile: "gem 'greeting', path: 'greeting'\n",
      'Gemfile.lock': `PATH
  remote: greeting
  specs:
    greeting (1.0)

GEM
  specs:

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  greeting!
`,
      'greeting/greeting.gemspec': `Gem::Specification.new do |gem|
  gem.name = 'greeting'
  gem.version = '1.0'
  gem.summary = 'A greeting'
  gem.authors = ['Example']
  gem.files = ['lib/greeting.rb']
end
`,
      'greeting/lib/greeting.rb': "GREETING = 'from Ruby'\n",
      'app.rb': `require 'greeting'
require 'socket'

server = TCPServer.new(ENV.fetch('HOST'), ENV.fetch('PORT'))
loop do
  Thread.start(server.accept) do |client|
    line = client.gets while line != "\\r\\n"
    client.write "HTTP/1.1 200 OK\\r\\nContent-Length: #{GREETING.size}\\r\\nConnection: close\\r\\n\\r\\n#{GREETING}"
  rescue IOError, SystemCallError
    nil
  ensure
    client.close
  end
end
`,
    },
  },
  php: {
    fields: { port: 3002, health: { path: '/' } },
    answer: 'from PHP',
    files: {
      'composer.json': '{ "autoload": { "psr-4": { "Shop\\\\": "src/" } } }\n',
      'src/Greeting.php': "<?php\nnamespace Shop;\n\nclass Greeting { const TEXT = 'from PHP'; }\n",
      'public/index.php':
        "<?php\nrequire __DIR__ . '/../vendor/autoload.php';\n\necho Shop\\Greeting::TEXT;\n",
    },
  },
  java: {
    fields: { port: 3003, health: { path: '/' } },
    answer: 'from Java',
    files: {
      'pom.xml': `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>api</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.13.0</version>
      </plugin>
      <plugin>
        <artifactId>maven-jar-plugin</artifactId>
        <version>3.4.2</version>
        <configuration>
          <archive><manifest><mainClass>Main</mainClass></manifest></archive>
        </configuration>
      </plugin>
    </plugins>
  </build>
</project>
`,
      'src/main/java/Main.java': `import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

class Main {
  public static void main(String[] arguments) throws Exception {
    var address = new InetSocketAddress(System.getenv("HOST"), Integer.parseInt(System.getenv("PORT")));
    var server = HttpServer.create(address, 0);
    server.createContext("/", exchange -> {
      var answer = "from Java".getBytes();
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
  }
}
`,
    },
  },
  bun: {
    fields: { port: 3004, health: { path: '/' } },
    answer: 'from Bun: true',
    files: {
      'package.json': '{ "name": "api", "private": true, "dependencies": { "is-number": "7.0.0" } }\n',
      'bun.lock': `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "api",
      "dependencies": {
        "is-number": "7.0.0",
      },
    },
  },
  "packages": {
    "is-number": ["is-number@7.0.0", "", {}, "sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng=="],
  }
}
`,
      'src/index.ts': `import isNumber from 'is-number';

Bun.serve({
  hostname: process.env.HOST,
  port: Number(process.env.PORT),
  fetch: (): Response => new Response(\`from Bun: \${isNumber(1)}\`),
});
`,
    },
  },
  deno: {
    fields: { port: 3005, health: { path: '/' } },
    answer: 'from Deno: true',
    files: {
      'deno.json': '{ "imports": { "is-number": "npm:is-number@7.0.0" } }\n',
      'main.ts': `import isNumber from 'is-number';

Deno.serve(
  { hostname: Deno.env.get('HOST'), port: Number(Deno.env.get('PORT')) },
  (): Response => new Response(\`from Deno: \${isNumber(1)}\`),
);
`,
    },
  },
};

export const dotnetRuntime: RuntimeExample = {
  fields: { port: 3001, health: { path: '/' } },
  answer: 'from .NET',
  files: {
    'Api.csproj': `<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
</Project>
`,
    'Program.cs': 'var app = WebApplication.Create(args);\napp.MapFallback(() => "from .NET");\napp.Run();\n',
  },
};
