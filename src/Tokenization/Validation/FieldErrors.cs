using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The broken rules of one request: each once, in the order of the fields.</summary>
internal sealed class FieldErrors
{
    private List<FieldError>? _errors; // there is hardly ever one

    public bool Any => _errors is not null;

    public bool Has(string field)
    {
        // A loop: what a lambda captures would be allocated for every text of every request.
        for (var i = 0; i < (_errors?.Count ?? 0); i++)
        {
            if (_errors![i].Field == field)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a field, or one inside it, breaks a rule.</summary>
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
