using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules that one request breaks: each once, sorted by <see cref="Fields.InOrder"/>.</summary>
internal sealed class FieldErrors
{
    private List<FieldError>? _errors; // null for almost every request

    public bool Any => _errors is not null;

    public bool Has(string field)
    {
        // A loop, because a lambda would allocate its captures for every text of every request.
        for (var i = 0; i < (_errors?.Count ?? 0); i++)
        {
            if (_errors![i].Field == field)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a field, or a field inside it, breaks a rule.</summary>
    public bool HasAnyUnder(string field) =>
        _errors is { } errors && errors.Exists(error => error.Field == field || error.Field.StartsWith(field + ".", StringComparison.Ordinal));

    public void Add(string field, string message)
    {
        var error = new FieldError(field, message);
        if (_errors?.Contains(error) is not true)
        {
            (_errors ??= []).Add(error);
        }
    }

    public Refusal.Invalid ToRefusal() => new Refusal.Invalid([.. (_errors ?? []).OrderBy(error => Array.IndexOf(Fields.InOrder, error.Field))]);
}
