using System.Net.Sockets;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Cli;
using Dojo.Pci.Portal.Cli.Bench;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization;

if (args is [KeyCheckCommand.Verb, .. var check])
{
    return await KeyCheckCommand.RunAsync(check);
}

if (args is [BenchCommand.Verb, .. var bench])
{
    return await BenchCommand.RunAsync(bench);
}

var builder = PortalBuilder.Create(args);
builder.AddPortal();

try
{
    await using var app = builder.Build();
    switch (args)
    {
        case [MigrateCommand.Verb, ..]:
            return await MigrateCommand.RunAsync(app.Services);
        case [ApiKeyCommand.Verb, .. var rest]:
            return await ApiKeyCommand.RunAsync(app.Services, rest);
        case [AccountCommand.Verb, .. var rest]:
            return await AccountCommand.RunAsync(app.Services, rest.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList());
        case [LocationCommand.Verb, .. var rest]:
            return await LocationCommand.RunAsync(app.Services, rest);
        case [DatabaseCommand.Verb, .. var rest]:
            return await DatabaseCommand.RunAsync(app.Services, rest);
        case [var word, ..] when CommandLine.IsNoSetting(word):
            return await CommandLine.RefuseAsync(CommandLine.Usage);
        default:
            var opening = app.Services.GetRequiredService<VaultStartup>().OpenAsync();
            app.UsePortal();
            await opening;
            return await ServeAsync(app);
    }
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

static async Task<int> ServeAsync(WebApplication app)
{
    try
    {
        await app.StartAsync(CancellationToken.None);
    }
    catch (Exception fault) when (fault is IOException or SocketException or InvalidOperationException or FormatException)
    {
        // An address in use, a missing certificate: the server's words say which. Faults from here on are not of the start.
        await Console.Error.WriteLineAsync($"The service could not start: {fault.Message}");
        return 1;
    }

    await app.WaitForShutdownAsync(CancellationToken.None);
    return 0;
}
