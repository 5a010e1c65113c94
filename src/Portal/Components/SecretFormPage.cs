using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components;

/// <summary>
/// A form that creates or shows a secret. A plain page without a circuit: the secret is sent only in the response to the form, which must not be cached.
/// </summary>
public abstract class SecretFormPage : MemberPage
{
    /// <summary>The request that the page responds to.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    /// <summary>Why the member may not use the form; null if they may.</summary>
    protected Refusal? Refused { get; private set; }

    /// <summary>Why the request was refused, if no field is at fault.</summary>
    protected string? Fault { get; set; }

    /// <summary>The faults of the fields.</summary>
    protected IReadOnlyList<FieldError> Faults { get; set; } = [];

    /// <summary>Checks, before the form is filled in, whether the member may use it. A member who must confirm first is sent to do so now.</summary>
    protected async Task AskWhetherAllowedAsync(Func<SignedInMember, Refusal?> refuse)
    {
        if (Http is not null)
        {
            Http.Response.Headers.CacheControl = "no-store";
        }

        var answer = await AskAsync(who => Task.FromResult(refuse(who) is { } refusal ? refusal : (Result<SignedInMember>)who));
        Refused = answer?.Refusal;
    }

    /// <summary>Takes the vault's refusal; null clears the faults.</summary>
    protected void Take(Refusal? refusal)
    {
        Faults = (refusal as Refusal.Invalid)?.Errors ?? [];
        Fault = refusal is null or Refusal.Invalid ? null : refusal.Message;
    }
}
