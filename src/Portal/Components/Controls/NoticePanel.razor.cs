using Dojo.Pci.Tokenization.Notices;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Notices that a page shows at its top.</summary>
public sealed partial class NoticePanel
{
    /// <summary>The notices to show.</summary>
    [Parameter, EditorRequired]
    public required IEnumerable<MemberNotice> Notices { get; set; }

    /// <summary>The location and environment that the page is about.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether a notice links to the key that it is about.</summary>
    [Parameter]
    public bool LinksKeys { get; set; }
}
