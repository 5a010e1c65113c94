using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Docs.Errors;
using Dojo.Pci.Portal.Docs.Samples;
using Dojo.Pci.Portal.Presentation;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>Explains a refusal: the rule, a request that breaks it, and one that does not. Public.</summary>
public sealed partial class ErrorCodePage
{
    // A request that is too long to send is too long to read as well, so it is cut.
    private const int LongestExample = 4000;

    private ErrorPage _page = null!;
    private string _rule = "";
    private (string Refused, string Corrected)? _example;
    private SampleRequest? _toSend;

    /// <summary>The refusal's code.</summary>
    [Parameter]
    public string? Code { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _page = ErrorCatalog.Find(Code) ?? throw new BadHttpRequestException("There is no such code.", StatusCodes.Status404NotFound);
        _rule = GuideReader.ToHtml(_page.Rule);
        (_example, _toSend) = (null, null);
        if (_page.Example?.At(Navigation.BaseUri, PublishedVersion.Newest, new SampleKey()) is var (refused, corrected))
        {
            _example = (Shown(refused), Shown(corrected));
            _toSend = ExamplePanel.CanSend(corrected) ? corrected : null;
        }
    }

    private static string Shown(SampleRequest request)
    {
        var text = ShellSamples.Curl(request);
        return text.Length <= LongestExample ? text : $"{text[..(LongestExample / 4)]}…";
    }
}
