using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>What members chose for themselves, by name.</summary>
internal interface IMemberChoiceStore
{
    /// <summary>The choices whose names begin with a prefix, by name.</summary>
    Task<IReadOnlyDictionary<string, string>> ListAsync(MemberId member, string prefix, CancellationToken ct);

    /// <summary>Sets a choice.</summary>
    Task SetAsync(MemberId member, string name, string value, DateTimeOffset at);

    /// <summary>Takes choices back.</summary>
    Task RemoveAsync(MemberId member, IReadOnlyCollection<string> names);

    /// <summary>Forgets choices that were made before an instant, of those whose names begin with a prefix.</summary>
    Task ForgetAsync(MemberId member, string prefix, DateTimeOffset before);
}
