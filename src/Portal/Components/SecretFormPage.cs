using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// A form that makes or shows a secret. A plain page without a circuit: the value goes out in the answer to the form, which nobody may keep.
/// </summary>
public abstract class SecretFormPage : MemberPage
{
    /// <summary>The request that this answers.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    /// <summary>Why this member cannot do this at all.</summary>
    protected Refusal? Refused { get; private set; }

    /// <summary>Why it was not done, where no field is to blame.</summary>
    protected string? Fault { get; set; }

    /// <summary>What is wrong with the fields.</summary>
    protected IReadOnlyList<FieldError> Faults { get; set; } = [];

    /// <summary>Asks before anything is written whether the member may do this: anyone who must confirm first, does so now.</summary>
    protected async Task AskWhetherAllowedAsync(Func<SignedInMember, Refusal?> refuse)
    {
        if (Http is not null)
        {
            Http.Response.Headers.CacheControl = "no-store";
        }

        var answer = await AskAsync(who => Task.FromResult(refuse(who) is { } refusal ? refusal : (Result<SignedInMember>)who));
        Refused = answer?.Refusal;
    }

    /// <summary>Takes the vault's refusal, if it is one.</summary>
    protected void Take(Refusal? refusal)
    {
        Faults = (refusal as Refusal.Invalid)?.Errors ?? [];
        Fault = refusal is null or Refusal.Invalid ? null : refusal.Message;
    }
}
