using System.Globalization;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Sandbox;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Sandbox;

/// <summary>
/// Creates a throwaway sandbox, and shows its key. A plain page without a circuit: the secret is sent once, in the response to the form, which must
/// not be cached.
/// </summary>
public sealed partial class NewSandboxPage
{
    private static readonly (string Minutes, string Words)[] s_lives =
        [("15", "15 minutes"), ("60", "An hour"), ("480", "8 hours"), ("1440", "A day"), ("10080", "A week")];

    private MadeSandbox? _made;
    private string? _fault;

    /// <summary>Manages the throwaway sandboxes.</summary>
    [Inject]
    public required ISandboxes Sandboxes { get; init; }

    /// <summary>The request that the page responds to.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    [SupplyParameterFromForm(FormName = "new-sandbox")]
    private Form Input { get; set; } = null!;

    private IReadOnlyList<(string Value, string Text)> Lives =>
        [.. s_lives.Where(life => LengthOf(life.Minutes) is { } length && length <= Sandboxes.LongestLifetime)];

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Input ??= new Form { Minutes = "60" };
        if (Http is not null)
        {
            Http.Response.Headers.CacheControl = "no-store";
        }
    }

    private static TimeSpan? LengthOf(string? minutes) =>
        int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? TimeSpan.FromMinutes(number) : null;

    private async Task SubmitAsync()
    {
        var answer = await AskAsync(who => Sandboxes.CreateAsync(who, Selected.Location, LengthOf(Input.Minutes)));
        _made = answer?.Value;
        _fault = answer?.Refusal is Refusal.Invalid invalid ? invalid.Errors[0].Message : answer?.Refusal?.Message;
    }

    /// <summary>The fields of the form.</summary>
    public sealed class Form
    {
        /// <summary>The lifetime of the sandbox, in minutes.</summary>
        public string? Minutes { get; set; }
    }
}
