using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>Changes the limits of a key in two steps: shows what they would have refused before they are saved.</summary>
public sealed partial class KeyLimitsEditor
{
    private ManagedApiKey? _shown;
    private ApiKeyScopes _scopes;
    private string _addresses = "";
    private string _expires = "";
    private IReadOnlyList<FieldError> _faults = [];
    private ApiKeyDryRun? _dryRun;
    private bool _saved;

    /// <summary>The key with its current limits.</summary>
    [Parameter, EditorRequired]
    public required ManagedApiKey Key { get; set; }

    /// <summary>Tries limits on the requests of the last seven days.</summary>
    [Parameter, EditorRequired]
    public required Func<ApiKeyLimits, Task<Result<ApiKeyDryRun>?>> Try { get; set; }

    /// <summary>Saves limits. Returns the refusal; null on success.</summary>
    [Parameter, EditorRequired]
    public required Func<ApiKeyLimits, Task<Refusal?>> Save { get; set; }

    /// <summary>The clock that expiries are compared with.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    private bool HasExpired => Key.Key.ExpiresAt <= Clock.GetUtcNow();

    private bool CanExpireLater => Key.CanExpireLaterAt(Clock.GetUtcNow());

    private bool IsEdited => (_scopes, _addresses, _expires) != Of(Key);

    /// <summary>Removes scopes, and tries that at once.</summary>
    public Task DropAsync(ApiKeyScopes scopes)
    {
        ChooseScopes(_scopes & ~scopes);
        return TryItAsync();
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // Edits survive a new rendering; another or a changed key replaces them.
        if (_shown?.Key.Id != Key.Key.Id || Of(_shown) != Of(Key))
        {
            _shown = Key;
            Discard();
        }
    }

    private (ApiKeyScopes Scopes, string Addresses, string Expires) Of(ManagedApiKey key) =>
        (key.Key.Scopes, string.Join('\n', key.Key.AllowedNetworks), Zone.WriteInput(key.Key.ExpiresAt));

    private static string Verdict(ApiKeyDryRun dry) => dry.Refused switch
    {
        0 => $"None of the {ApiKeyWords.Requests(dry.Requests)} in the last 7 days would have been refused.",
        1 => "1 request in the last 7 days would have been refused.",
        _ => $"{dry.Refused:N0} requests in the last 7 days would have been refused.",
    };

    private static bool Refuses(ApiKeyDryRun dry) => dry.Refused > 0 || dry.EndsSooner;

    private string? FaultOf(string field) => _faults.FirstOrDefault(fault => fault.Field == field)?.Message;

    // A verdict applies only to the limits it was requested for, so an edit discards it.
    private void Edited() => (_dryRun, _faults, _saved) = (null, [], false);

    private void ChooseScopes(ApiKeyScopes scopes)
    {
        _scopes = scopes;
        Edited();
    }

    private void ChooseAddresses(string? addresses)
    {
        _addresses = addresses ?? "";
        Edited();
    }

    private void ChooseExpiry(string? expires)
    {
        _expires = expires ?? "";
        Edited();
    }

    private void Discard()
    {
        (_scopes, _addresses, _expires) = Of(Key);
        Edited();
    }

    private async Task TryItAsync()
    {
        if (Read() is { } limits && await Try(limits) is { } answer)
        {
            (_dryRun, _faults) = (answer.Value, (answer.Refusal as Refusal.Invalid)?.Errors ?? []);
        }

        StateHasChanged();
    }

    private async Task SaveItAsync()
    {
        if (Read() is not { } limits)
        {
            return;
        }

        var refusal = await Save(limits);
        Edited();
        _faults = (refusal as Refusal.Invalid)?.Errors ?? [];
        _saved = refusal is null;
    }

    private ApiKeyLimits? Read()
    {
        // An unchanged expiry is not rounded to the minute that the field shows.
        if (_expires == Zone.WriteInput(Key.Key.ExpiresAt))
        {
            return new ApiKeyLimits(_scopes, _addresses, Key.Key.ExpiresAt);
        }

        if (Zone.TryReadInput(_expires, out var expires))
        {
            return new ApiKeyLimits(_scopes, _addresses, expires);
        }

        _faults = [new FieldError("ExpiresAt", "Choose a date and a time.")];
        return null;
    }
}
