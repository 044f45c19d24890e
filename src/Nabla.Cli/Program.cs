using Nabla.Cli;

using var streams = Streams.OfThisProcess();
return CommandLine.Run(args, streams);
