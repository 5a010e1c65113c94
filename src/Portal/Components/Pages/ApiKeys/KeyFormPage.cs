using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>
/// A form that makes a key, and the answer that shows it. A plain page without a circuit: the secret goes out once, in the answer
/// to the form, which nobody may keep. Sending the form again makes no second key and shows none.
/// </summary>
public abstract class KeyFormPage : MemberPage
{
    /// <summary>The keys.</summary>
    [Inject]
    public required IApiKeyService Keys { get; init; }

    /// <summary>The clock that lives are counted from.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The request that this answers.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    /// <summary>The key that was made just now.</summary>
    protected MadeApiKey? Made { get; private set; }

    /// <summary>Why this member cannot make one at all.</summary>
    protected Refusal? Refused { get; private set; }

    /// <summary>Why none was made, where no field is to blame.</summary>
    protected string? Fault { get; private set; }

    /// <summary>What is wrong with the fields.</summary>
    protected IReadOnlyList<FieldError> Faults { get; private set; } = [];

    /// <summary>Asks before anything is written whether the member may do this: anyone who must confirm first, does so now.</summary>
    protected async Task AskWhetherAllowedAsync()
    {
        if (Http is not null)
        {
            Http.Response.Headers.CacheControl = "no-store";
        }

        var answer = await AskAsync(who => Task.FromResult(Keys.RefuseChanges(who, Selected.Environment) is { } refusal ? refusal : (Result<SignedInMember>)who));
        Refused = answer?.Refusal;
    }

    /// <summary>Takes the vault's answer. A name that was refused is not repeated: it may be a card number or a key.</summary>
    protected void Take(Result<MadeApiKey>? answer, KeyForm input)
    {
        Made = answer?.Value;
        Faults = (answer?.Refusal as Refusal.Invalid)?.Errors ?? [];
        Fault = answer?.Refusal is { } refusal and not Refusal.Invalid ? refusal.Message
            : Faults.FirstOrDefault(fault => fault.Field == nameof(KeyForm.FormId))?.Message;
        input.Name = Faults.Any(fault => fault.Field == nameof(KeyForm.Name)) ? "" : input.Name;
    }

    /// <summary>A time that cannot be read.</summary>
    protected void TakeUnreadableExpiry() => Faults = [new FieldError(nameof(KeyForm.ExpiresAt), "Choose a date and a time.")];
}
