using Dojo.Pci.Portal.Docs.Samples;

namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>A page of the documentation about an error.</summary>
/// <param name="Code">Its name in addresses.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Field">The field that the answer's <c>errors</c> name; null if the error is not about a field.</param>
/// <param name="Rule">The rule, and what to do, in Markdown.</param>
/// <param name="Example">A request that breaks the rule, with its correction; null if the caller's request cannot show it.</param>
public sealed record ErrorPage(string Code, string Title, int Status, string? Field, string Rule, ErrorExample? Example);

/// <summary>A refused request of an operation, and the corrected one.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Refused">Turns the operation's example into the refused request.</param>
/// <param name="Corrected">Turns the operation's example into the corrected request; null if the example itself is correct.</param>
public sealed record ErrorExample(ApiOperation Operation, Func<SampleRequest, SampleRequest> Refused, Func<SampleRequest, SampleRequest>? Corrected = null)
{
    /// <summary>Returns the refused request and the corrected one.</summary>
    /// <param name="baseAddress">The address of the service.</param>
    /// <param name="version">The version to name.</param>
    /// <param name="key">How the sample gets the key.</param>
    /// <param name="values">Values of parameters that replace their examples.</param>
    public (SampleRequest Refused, SampleRequest Corrected) At(string baseAddress, string version, SampleKey key, IReadOnlyDictionary<string, string>? values = null)
    {
        var plain = SampleRequest.Of(Operation, baseAddress, version, key, values);
        return (Refused(plain), Corrected is null ? plain : Corrected(plain));
    }
}
