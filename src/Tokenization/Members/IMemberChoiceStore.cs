using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Stores the choices of each member, by name.</summary>
internal interface IMemberChoiceStore
{
    /// <summary>Lists the choices whose names begin with a prefix, by name.</summary>
    Task<IReadOnlyDictionary<string, string>> ListAsync(MemberId member, string prefix, CancellationToken ct);

    /// <summary>Sets a choice.</summary>
    Task SetAsync(MemberId member, string name, string value, DateTimeOffset at);

    /// <summary>Removes choices.</summary>
    Task RemoveAsync(MemberId member, IReadOnlyCollection<string> names);

    /// <summary>Deletes the choices whose names begin with a prefix and that were made before an instant.</summary>
    Task ForgetAsync(MemberId member, string prefix, DateTimeOffset before);
}
