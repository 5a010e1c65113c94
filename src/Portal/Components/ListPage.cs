using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components;

/// <summary>A page with a list whose layout is remembered for each member.</summary>
public abstract class ListPage : MemberPage
{
    private bool _isRead;

    /// <summary>Where the layout is remembered.</summary>
    [Inject]
    public required IMemberPreferences Preferences { get; init; }

    /// <summary>How the member wants the list to be.</summary>
    protected ListLayout Layout { get; private set; } = ListLayout.Usual;

    /// <summary>Which list it is.</summary>
    protected abstract MemberList List { get; }

    /// <summary>Reads the layout, unless it is known. Without it the list is as lists come.</summary>
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
            // The list is worth more than how it looks.
        }
    }

    /// <summary>Shows the list in another layout, and remembers that.</summary>
    protected async Task ChooseLayoutAsync(ListLayout layout)
    {
        Layout = layout;
        try
        {
            await AskAsync(who => Preferences.ChooseLayoutAsync(who, List, layout));
        }
        catch (UnavailableException)
        {
            // It holds for this visit.
        }
    }

    /// <summary>Makes the rows low, or as high as usual.</summary>
    protected Task ChooseDensityAsync(bool isDense) => ChooseLayoutAsync(Layout with { IsDense = isDense });
}
