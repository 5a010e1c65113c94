using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>The fields of the forms that create a key. They are plain text until the vault has validated them.</summary>
public sealed class KeyForm
{
    /// <summary>The value of <see cref="Life"/> for a chosen time.</summary>
    public const string OnDate = "date";

    /// <summary>The lifetimes that are offered: the days, and their labels.</summary>
    public static readonly IReadOnlyList<(string Days, string Words)> Lives =
        [("", "Never"), ("30", "In 30 days"), ("90", "In 90 days"), ("365", "In a year"), (OnDate, "At a chosen time")];

    /// <summary>The choices of how soon an old key retires: the hours, and their labels.</summary>
    public static readonly IReadOnlyList<(string Hours, string Words)> Overlaps =
        [("", "When I retire it"), ("1", "In an hour"), ("24", "In 24 hours"), ("168", "In 7 days")];

    /// <summary>Identifies the form, so that sending it again creates no second key.</summary>
    public string FormId { get; set; } = "";

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>Whether the scope <see cref="ApiKeyScopes.Tokenize"/> is ticked.</summary>
    public bool Tokenize { get; set; }

    /// <summary>Whether the scope <see cref="ApiKeyScopes.Read"/> is ticked.</summary>
    public bool Read { get; set; }

    /// <summary>Whether the scope <see cref="ApiKeyScopes.Charge"/> is ticked.</summary>
    public bool Charge { get; set; }

    /// <summary>
    /// Whether the scope <see cref="ApiKeyScopes.SandboxClock"/> is ticked. Not by default: it changes the time for everyone who uses the sandbox.
    /// </summary>
    public bool SandboxClock { get; set; }

    /// <summary>Whether the scope <see cref="ApiKeyScopes.Webhooks"/> is ticked. Not by default: it lets events be sent elsewhere.</summary>
    public bool Webhooks { get; set; }

    /// <summary>
    /// Whether the scope <see cref="ApiKeyScopes.Sandbox"/> is ticked. Not by default: it changes how the sandbox responds to everyone who uses it.
    /// </summary>
    public bool Sandbox { get; set; }

    /// <summary>The allowed addresses and networks.</summary>
    public string? Addresses { get; set; }

    /// <summary>The lifetime: a number of days, empty for no expiry, or <see cref="OnDate"/>.</summary>
    public string? Life { get; set; }

    /// <summary>The chosen time of expiry.</summary>
    public string? ExpiresAt { get; set; }

    /// <summary>How soon the old key retires, in hours; empty if that is not decided.</summary>
    public string? Overlap { get; set; }

    /// <summary>All scopes that are ticked.</summary>
    public ApiKeyScopes Scopes =>
        (Tokenize ? ApiKeyScopes.Tokenize : ApiKeyScopes.None) | (Read ? ApiKeyScopes.Read : ApiKeyScopes.None)
        | (Charge ? ApiKeyScopes.Charge : ApiKeyScopes.None) | (SandboxClock ? ApiKeyScopes.SandboxClock : ApiKeyScopes.None)
        | (Webhooks ? ApiKeyScopes.Webhooks : ApiKeyScopes.None) | (Sandbox ? ApiKeyScopes.Sandbox : ApiKeyScopes.None);

    /// <summary>Creates a form with its default values.</summary>
    public static KeyForm Fresh(string? name = null) => new() { FormId = OpaqueSecret.Generate().Reveal(), Name = name, Tokenize = true, Read = true, Charge = true };

    /// <summary>
    /// Gets when the key expires; null for never. Returns false if a chosen time is missing or invalid. The chosen time is in the reader's zone.
    /// </summary>
    public bool TryExpiry(DateTimeOffset now, ZonedTime zone, out DateTimeOffset? expiresAt)
    {
        if (Life == OnDate)
        {
            return zone.TryReadInput(ExpiresAt, out expiresAt) && expiresAt is not null;
        }

        expiresAt = Lives.Any(life => life.Days == Life) && double.TryParse(Life, out var days) ? now.AddDays(days) : null;
        return true;
    }

    /// <summary>Returns when the old key retires; null if that is not decided.</summary>
    public DateTimeOffset? RetirementAfter(DateTimeOffset now) =>
        Overlaps.Any(overlap => overlap.Hours == Overlap) && double.TryParse(Overlap, out var hours) ? now.AddHours(hours) : null;
}
