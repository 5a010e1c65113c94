using Dojo.Pci.Tokenization.Alarms;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>Alarms of a place that members should know of.</summary>
public sealed partial class NoticePanel
{
    /// <summary>The notices, as they are to be shown.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Notice> Notices { get; set; }

    /// <summary>The place that the page is about.</summary>
    [Parameter, EditorRequired]
    public required SelectedTenant Selected { get; set; }

    /// <summary>Whether a notice leads to the key that it is about.</summary>
    [Parameter]
    public bool LinksKeys { get; set; }
}
