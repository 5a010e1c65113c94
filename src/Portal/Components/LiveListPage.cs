using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Dojo.Pci.Portal.Components;

/// <summary>A page with a searchable, scrollable list that updates live. The page's address holds the filters.</summary>
public abstract class LiveListPage : ListPage, IDisposable
{
    /// <summary>The number of rows loaded at a time.</summary>
    protected const int PageSize = 50;

    // The minimum interval between announcements to a screen reader.
    private static readonly TimeSpan s_pauseBetweenAnnouncements = TimeSpan.FromSeconds(10);

    private DateTimeOffset _announcedAt;

    /// <summary>The clock, which also spaces the news.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Passes live news to the page.</summary>
    private protected LiveFollower Follower { get; private set; } = null!;

    /// <summary>Why the list could not be read; null if it was read.</summary>
    protected string? Fault { get; set; }

    /// <summary>Whether the reader has paused the live updates.</summary>
    protected bool IsPaused { get; set; }

    /// <summary>Whether the pointer is over a row. Rows do not move while it is.</summary>
    protected bool IsPointed { get; set; }

    /// <summary>Whether the focus is in a row. Rows do not move while it is.</summary>
    protected bool IsFocused { get; set; }

    /// <summary>The last text announced to a screen reader.</summary>
    protected string Announced { get; private set; } = "";

    /// <summary>The number of searches started, so that the result of an earlier search never replaces that of a later one.</summary>
    protected int Searches { get; set; }

    /// <summary>The path of the page.</summary>
    protected abstract string Path { get; }

    /// <summary>The pause between updates; news that arrives within it is shown together.</summary>
    protected abstract TimeSpan PauseBetweenNews { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Follower?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Follower = new LiveFollower(InvokeAsync, DispatchExceptionAsync) { Spacing = (PauseBetweenNews, Clock) };
        Navigation.LocationChanged += OnLocationChanged;
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => ShowAsync(Selected);

    /// <summary>Shows the list of a tenant, filtered as the address says.</summary>
    protected abstract Task ShowAsync(SelectedTenant selected);

    /// <summary>Refreshes the table's rows; does nothing if there is no table.</summary>
    protected abstract Task RefreshRowsAsync();

    /// <summary>Refreshes the page and the table's rows.</summary>
    protected Task RefreshTableAsync()
    {
        StateHasChanged();
        return RefreshRowsAsync();
    }

    /// <summary>Loads the next page of the list and appends it.</summary>
    /// <param name="search">Finds the next page; null if there is none.</param>
    /// <param name="append">Appends the page to the list.</param>
    protected async Task LoadMoreAsync<TPage>(Func<Task<Result<TPage>?>>? search, Action<TPage> append)
        where TPage : class
    {
        var asked = Searches;
        try
        {
            if (search is not null && await search() is { Value: { } page } && asked == Searches)
            {
                append(page);
            }
        }
        catch (UnavailableException fault)
        {
            Fault = fault.Message;
            StateHasChanged();
        }
    }

    /// <summary>Announces a text to a screen reader, unless something was announced within the last ten seconds.</summary>
    protected void Announce(string text)
    {
        var now = Clock.GetUtcNow();
        if (now - _announcedAt >= s_pauseBetweenAnnouncements)
        {
            (_announcedAt, Announced) = (now, text);
        }
    }

    /// <summary>
    /// Navigates to other filters. Each choice adds a history entry that Back undoes; typed letters share one entry, which the first letter adds.
    /// </summary>
    protected void MoveTo(IEnumerable<(string Name, string? Value)> parameters, bool isTyping) =>
        Navigation.NavigateTo(PortalUrls.In(Selected, Path, parameters), new NavigationOptions { ReplaceHistoryEntry = isTyping });

    private void OnLocationChanged(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath == Path)
        {
            _ = InvokeAsync(() => ShowAsync(SelectedTenant.Of(Selected.Locations, moved.Location)));
        }
    }
}
