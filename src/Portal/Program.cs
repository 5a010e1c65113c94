using System.Net.Sockets;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Cli;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tokenization;

var builder = WebApplication.CreateBuilder(args);
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
        case [LocationCommand.Verb, .. var rest]:
            return await LocationCommand.RunAsync(app.Services, rest);
        case [var word, ..] when CommandLine.IsNoSetting(word):
            return await CommandLine.RefuseAsync(CommandLine.Usage);
        default:
            await app.Services.GetRequiredService<VaultStartup>().OpenAsync();
            app.UsePortal();
            await app.RunAsync();
            return 0;
    }
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
catch (Exception fault) when (fault is IOException or SocketException or InvalidOperationException or FormatException)
{
    // An address in use, a missing certificate: the server's words say which.
    await Console.Error.WriteLineAsync($"The service could not start: {fault.Message}");
    return 1;
}
