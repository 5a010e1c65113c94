return await Dojo.Pci.Portal.Cli.CommandLine.RunAsync(args);
