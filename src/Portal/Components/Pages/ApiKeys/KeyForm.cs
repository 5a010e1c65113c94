using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>What is written on the forms that make a key. Their fields are plain text until the vault has validated them.</summary>
public sealed class KeyForm
{
    /// <summary>The choice of a chosen time.</summary>
    public const string OnDate = "date";

    /// <summary>The lives of keys that are offered: the days, and their words.</summary>
    public static readonly IReadOnlyList<(string Days, string Words)> Lives =
        [("", "Never"), ("30", "In 30 days"), ("90", "In 90 days"), ("365", "In a year"), (OnDate, "At a chosen time")];

    /// <summary>How soon an old key can retire: the hours, and their words.</summary>
    public static readonly IReadOnlyList<(string Hours, string Words)> Overlaps =
        [("", "When I say so"), ("1", "In an hour"), ("24", "In 24 hours"), ("168", "In 7 days")];

    /// <summary>Names this form, which makes one key.</summary>
    public string FormId { get; set; } = "";

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The scope.</summary>
    public bool Tokenize { get; set; }

    /// <summary>The scope.</summary>
    public bool Read { get; set; }

    /// <summary>The scope.</summary>
    public bool Charge { get; set; }

    /// <summary>The scope; not ticked unless somebody does: it changes the time for all who use the sandbox.</summary>
    public bool SandboxClock { get; set; }

    /// <summary>The scope; not ticked unless somebody does: it lets events be sent elsewhere.</summary>
    public bool Webhooks { get; set; }

    /// <summary>The scope; not ticked unless somebody does: it changes how the sandbox answers all who use it.</summary>
    public bool Sandbox { get; set; }

    /// <summary>The addresses and networks.</summary>
    public string? Addresses { get; set; }

    /// <summary>The life: days, nothing for ever, or <see cref="OnDate"/>.</summary>
    public string? Life { get; set; }

    /// <summary>The chosen time.</summary>
    public string? ExpiresAt { get; set; }

    /// <summary>How soon the old key retires: hours, or nothing.</summary>
    public string? Overlap { get; set; }

    /// <summary>All scopes that are ticked.</summary>
    public ApiKeyScopes Scopes =>
        (Tokenize ? ApiKeyScopes.Tokenize : ApiKeyScopes.None) | (Read ? ApiKeyScopes.Read : ApiKeyScopes.None)
        | (Charge ? ApiKeyScopes.Charge : ApiKeyScopes.None) | (SandboxClock ? ApiKeyScopes.SandboxClock : ApiKeyScopes.None)
        | (Webhooks ? ApiKeyScopes.Webhooks : ApiKeyScopes.None) | (Sandbox ? ApiKeyScopes.Sandbox : ApiKeyScopes.None);

    /// <summary>A form that was not sent yet.</summary>
    public static KeyForm Fresh(string? name = null) => new() { FormId = OpaqueSecret.Generate().Reveal(), Name = name, Tokenize = true, Read = true, Charge = true };

    /// <summary>When the key is to expire; false for a chosen time that is none. That time is meant in the reader's zone.</summary>
    public bool TryExpiry(DateTimeOffset now, ZonedTime zone, out DateTimeOffset? expiresAt)
    {
        if (Life == OnDate)
        {
            return zone.TryReadInput(ExpiresAt, out expiresAt) && expiresAt is not null;
        }

        expiresAt = Lives.Any(life => life.Days == Life) && double.TryParse(Life, out var days) ? now.AddDays(days) : null;
        return true;
    }

    /// <summary>When the old key is to retire; null while that is not decided.</summary>
    public DateTimeOffset? RetirementAfter(DateTimeOffset now) =>
        Overlaps.Any(overlap => overlap.Hours == Overlap) && double.TryParse(Overlap, out var hours) ? now.AddHours(hours) : null;
}
