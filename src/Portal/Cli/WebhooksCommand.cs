using System.CommandLine;
using System.Runtime.InteropServices;

namespace Dojo.Pci.Portal.Cli;

/// <summary>
/// <c>webhooks listen</c>: forwards the events of a sandbox to an address on a developer's machine. It uses only the service's API, so it
/// needs neither the database nor the keys, and may run on another machine.
/// </summary>
internal static class WebhooksCommand
{
    /// <summary>The environment variable with the API key, if the option is left out.</summary>
    public const string KeyVariable = "DOJO_API_KEY";

    private const string DefaultService = "http://localhost:5080";

    public static Command Build()
    {
        var forward = AddressOption("--forward", "where to post the events");
        forward.Required = true;
        var service = AddressOption("--service", $"where the service is; {DefaultService} when left out");
        var key = new Option<string?>("--api-key") { HelpName = "KEY", Description = $"a sandbox key with the scope webhooks; from the environment as {KeyVariable} when left out" };
        var name = new Option<string>("--name") { HelpName = "NAME", Description = "tells listeners of one sandbox apart", DefaultValueFactory = _ => "" };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
            {
                result.AddError("--name takes letters, digits and hyphens.");
            }
        });
        var events = new Option<string?>("--events") { HelpName = "NAMES", Description = "names of events, separated by commas; all when left out" };
        var forget = new Option<bool>("--forget") { Description = "deletes the subscription when the command ends, so that no events wait for it" };
        var listen = new Command("listen", "Fetches the events of a sandbox and posts them, signed, to an address.") { forward, service, key, name, events, forget };
        listen.SetAction((parsed, _) => ListenAsync(
            parsed.GetRequiredValue(forward),
            parsed.GetValue(service) ?? new Uri(DefaultService),
            parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(KeyVariable),
            new WebhookListenerOptions(parsed.GetValue(name)!, parsed.GetValue(events)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), parsed.GetValue(forget))));
        return new Command("webhooks", "Receives events on a machine that cannot be reached from outside.") { listen };
    }

    private static Option<Uri> AddressOption(string name, string description) => new(name)
    {
        HelpName = "URL",
        Description = description,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            {
                return address;
            }

            result.AddError($"{name} must be an address such as http://localhost:3000.");
            return null;
        },
    };

    private static async Task<int> ListenAsync(Uri forward, Uri service, string? key, WebhookListenerOptions options)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            await Console.Error.WriteLineAsync($"Give a sandbox key with the scope webhooks: --api-key, or {KeyVariable} in the environment.");
            return CommandLine.NotUnderstood;
        }

        using var stop = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true; // an event that is being posted is reported first
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        using var api = new HttpClient { BaseAddress = service, Timeout = TimeSpan.FromMinutes(1) };
        using var receiver = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
        api.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {key.Trim()}");
        return await new WebhookListener(api, receiver, forward, options, TimeProvider.System, Console.Out, Console.Error).RunAsync(stop.Token);
    }
}
