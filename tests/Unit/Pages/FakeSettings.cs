using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Settings;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>The settings of one location in memory; records the calls.</summary>
internal sealed class FakeSettings(Location location) : IAccountSettings
{
    private Location _location = location;

    public List<string> Asked { get; } = [];

    public Refusal? Refusal { get; set; }

    public Task<Result<AccountOverview>> ReadAsync(SignedInMember who, CancellationToken ct) =>
        Task.FromResult<Result<AccountOverview>>(new AccountOverview(_location.Account, "Blue Door", [_location]));

    public Task<Result<AccountOverview>> RenameAccountAsync(SignedInMember who, string? name)
    {
        Asked.Add($"account {name}");
        return Task.FromResult(Refusal is null ? new AccountOverview(_location.Account, name!, [_location]) : (Result<AccountOverview>)Refusal);
    }

    public Task<Result<Location>> AddLocationAsync(SignedInMember who, string? name) => ChangeAsync($"add {name}", before => before with { Id = new LocationId(3), Name = name!, Slug = "harbour" });

    public Task<Result<Location>> RenameLocationAsync(SignedInMember who, LocationId location, string? name) => ChangeAsync($"rename {name}", before => before with { Name = name! });

    public Task<Result<Location>> SetUniqueReferencesAsync(SignedInMember who, LocationId location, bool unique) =>
        ChangeAsync($"unique {unique}", before => before with { UniqueReferences = unique });

    public Task<Result<Location>> SetRepeatedChargesAsync(SignedInMember who, LocationId location, bool allowed) =>
        ChangeAsync($"repeated {allowed}", before => before with { RepeatedCharges = allowed });

    public Task<Result<RetentionPreview>> PreviewRetentionAsync(SignedInMember who, LocationId location, int days, CancellationToken ct) =>
        Task.FromResult<Result<RetentionPreview>>(new RetentionPreview(days, 12));

    public Task<Result<Location>> SetRetentionAsync(SignedInMember who, LocationId location, int days) =>
        ChangeAsync($"retention {days}", before => before with { Retention = TimeSpan.FromDays(days) });

    private Task<Result<Location>> ChangeAsync(string asked, Func<Location, Location> change)
    {
        Asked.Add(asked);
        return Task.FromResult(Refusal is null ? _location = change(_location) : (Result<Location>)Refusal);
    }
}
