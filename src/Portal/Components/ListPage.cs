using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components;

/// <summary>A page with a list whose layout is remembered for each member.</summary>
public abstract class ListPage : MemberPage
{
    private bool _isRead;

    /// <summary>Stores the layout.</summary>
    [Inject]
    public required IMemberPreferences Preferences { get; init; }

    /// <summary>The member's layout for the list.</summary>
    protected ListLayout Layout { get; private set; } = ListLayout.Usual;

    /// <summary>Identifies the list.</summary>
    protected abstract MemberList List { get; }

    /// <summary>Reads the layout once. If it is unavailable, the list keeps the default layout.</summary>
    protected async Task ReadLayoutAsync()
    {
        if (_isRead)
        {
            return;
        }

        _isRead = true;
        try
        {
            Layout = (await AskAsync(async who => (Result<ListLayout>)await Preferences.GetLayoutAsync(who, List, CancellationToken.None)))?.Value ?? Layout;
        }
        catch (UnavailableException)
        {
            // The list is shown in the default layout instead.
        }
    }

    /// <summary>Applies another layout to the list and stores it.</summary>
    protected async Task ChooseLayoutAsync(ListLayout layout)
    {
        Layout = layout;
        try
        {
            await AskAsync(who => Preferences.ChooseLayoutAsync(who, List, layout));
        }
        catch (UnavailableException)
        {
            // The layout then applies to this visit only.
        }
    }

    /// <summary>Switches between dense and normal rows.</summary>
    protected Task ChooseDensityAsync(bool isDense) => ChooseLayoutAsync(Layout with { IsDense = isDense });
}
