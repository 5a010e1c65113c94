using Dojo.Pci.Tokenization.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Dojo.Pci.Portal.Components;

/// <summary>A page with a list that is searched, scrolled through and followed live. What it shows is in its address.</summary>
public abstract class LiveListPage : ListPage, IDisposable
{
    /// <summary>How many rows are asked for at once.</summary>
    protected const int PageSize = 50;

    // A screen reader is told of what is new no more often than this.
    private static readonly TimeSpan s_pauseBetweenAnnouncements = TimeSpan.FromSeconds(10);

    private DateTimeOffset _announcedAt;

    /// <summary>What time it is, and by which news is spaced.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>Hands the page its news.</summary>
    private protected LiveFollower Follower { get; private set; } = null!;

    /// <summary>Why the list could not be read; null where it could.</summary>
    protected string? Fault { get; set; }

    /// <summary>Whether the reader has paused it.</summary>
    protected bool IsPaused { get; set; }

    /// <summary>Whether the reader points at a row: then none moves.</summary>
    protected bool IsPointed { get; set; }

    /// <summary>Whether the reader has the focus in a row: then none moves.</summary>
    protected bool IsFocused { get; set; }

    /// <summary>What a screen reader was told last.</summary>
    protected string Announced { get; private set; } = "";

    /// <summary>How often was searched: an answer to an earlier search must not take the place of a later one.</summary>
    protected int Searches { get; set; }

    /// <summary>The path of the page.</summary>
    protected abstract string Path { get; }

    /// <summary>What comes within it is shown together.</summary>
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

    /// <summary>Shows what the address says, of a place.</summary>
    protected abstract Task ShowAsync(SelectedTenant selected);

    /// <summary>Has the table show its rows as they are now; nothing where there is none.</summary>
    protected abstract Task RefreshRowsAsync();

    /// <summary>Shows the page and its rows as they are now.</summary>
    protected Task RefreshTableAsync()
    {
        StateHasChanged();
        return RefreshRowsAsync();
    }

    /// <summary>Adds the page of the list that follows.</summary>
    /// <param name="search">Finds it; null where there is none.</param>
    /// <param name="append">Adds it.</param>
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

    /// <summary>Tells a screen reader, unless it was told a moment ago.</summary>
    protected void Announce(string text)
    {
        var now = Clock.GetUtcNow();
        if (now - _announcedAt >= s_pauseBetweenAnnouncements)
        {
            (_announcedAt, Announced) = (now, text);
        }
    }

    /// <summary>Goes to other filters. Each choice is a step that Back undoes; letters that are typed are one: only the first of them is added to the history.</summary>
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
