using System.Diagnostics.CodeAnalysis;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Portal.Api.Gate;

/// <summary>The header that makes a request safe to repeat: Dojo's own name for it, and the usual one (DESIGN D6).</summary>
internal static class IdempotencyHeader
{
    private static readonly string[] s_names = ["idempotencyKey", "Idempotency-Key"];

    /// <summary>Reads the key, which is null if none was sent; false if the header breaks a rule.</summary>
    public static bool TryRead(IHeaderDictionary headers, out IdempotencyKey? key, [NotNullWhen(false)] out FieldError? error)
    {
        (key, error) = (null, null);
        if (!headers.ContainsKey(s_names[0]) && !headers.ContainsKey(s_names[1]))
        {
            return true;
        }

        return TryReadSent(headers, out key, out error);
    }

    // A separate method, because its closures would otherwise be allocated for each request.
    private static bool TryReadSent(IHeaderDictionary headers, out IdempotencyKey? key, [NotNullWhen(false)] out FieldError? error)
    {
        (key, error) = (null, null);
        var sent = s_names.SelectMany(name => headers[name]).ToArray();
        if (Array.Exists(sent, value => value != sent[0]) || !IdempotencyKey.TryCreate(sent[0], out key))
        {
            error = new FieldError("IdempotencyKey", "The IdempotencyKey header must be sent once, with 1 to 100 characters.");
        }

        return error is null;
    }
}
