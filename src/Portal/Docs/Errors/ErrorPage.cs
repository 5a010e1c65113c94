using Dojo.Pci.Portal.Docs.Samples;

namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>What the documentation says of a refusal.</summary>
/// <param name="Code">Its name in addresses.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Field">The field that the answer's <c>errors</c> name; null where it is not about one.</param>
/// <param name="Rule">The rule, and what to do, in Markdown.</param>
/// <param name="Example">A request that breaks the rule, and the same one corrected; null where no request of the caller's brings it about.</param>
public sealed record ErrorPage(string Code, string Title, int Status, string? Field, string Rule, ErrorExample? Example);

/// <summary>A request of an operation, wrong and right.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Refused">Makes the request that is refused of one that is not.</param>
/// <param name="Corrected">Makes the corrected one, where the operation's own example is not it.</param>
public sealed record ErrorExample(ApiOperation Operation, Func<SampleRequest, SampleRequest> Refused, Func<SampleRequest, SampleRequest>? Corrected = null)
{
    /// <summary>The request that is refused, and the corrected one.</summary>
    /// <param name="baseAddress">The address of the service.</param>
    /// <param name="version">The version to name.</param>
    /// <param name="key">How the key gets in.</param>
    /// <param name="values">What parameters have in place of their examples.</param>
    public (SampleRequest Refused, SampleRequest Corrected) At(string baseAddress, string version, SampleKey key, IReadOnlyDictionary<string, string>? values = null)
    {
        var plain = SampleRequest.Of(Operation, baseAddress, version, key, values);
        return (Refused(plain), Corrected is null ? plain : Corrected(plain));
    }
}
