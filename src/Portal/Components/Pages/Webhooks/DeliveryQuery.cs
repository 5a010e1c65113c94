using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>The filters above the deliveries of an endpoint, and their form in its address.</summary>
public sealed record DeliveryQuery
{
    private const string StatusParameter = "status";
    private const string EventParameter = "event";
    private const string FromParameter = "from";
    private const string ToParameter = "to";

    // All names of events, and that of the test event, to which nobody subscribes.
    private static readonly IReadOnlyList<string> s_events = [.. WebhookEvents.Names, WebhookEvents.Test];

    /// <summary>The names of all events, with that of the test event.</summary>
    public static IReadOnlyList<string> Events => s_events;

    /// <summary>The status of the deliveries.</summary>
    public WebhookDeliveryStatus? Status { get; init; }

    /// <summary>The event.</summary>
    public string? Event { get; init; }

    /// <summary>The first day, in the reader's time zone.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the reader's time zone.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether any filter is set.</summary>
    public bool IsFiltered => this != new DeliveryQuery();

    /// <summary>The query as parameters of an address; unset ones are null or empty.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters =>
    [
        (StatusParameter, Status?.ToString()),
        (EventParameter, Event),
        (FromParameter, AddressParameters.TextOf(From)),
        (ToParameter, AddressParameters.TextOf(To)),
    ];

    /// <summary>Reads the query from an address.</summary>
    /// <returns>The query, and a fault for each invalid parameter. If there are any faults, show nothing.</returns>
    public static (DeliveryQuery Query, IReadOnlyList<FieldError> Faults) Read(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var address = new AddressParameters(parameters);
        var query = new DeliveryQuery
        {
            Status = address.TakeNamed<WebhookDeliveryStatus>(StatusParameter),
            Event = address.Take(EventParameter, name => s_events.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)), $"one of {string.Join(", ", s_events)}"),
            From = address.TakeDay(FromParameter),
            To = address.TakeDay(ToParameter),
        };
        address.Skip(SelectedTenant.LocationParameter, SelectedTenant.EnvironmentParameter, EndpointTabs.Parameter);
        return (query, address.Faults);
    }

    /// <summary>Converts the filters to a filter of deliveries. The days are those of the reader's zone.</summary>
    public WebhookDeliveryFilter ToFilter(ZonedTime zone) => new()
    {
        Status = Status,
        Event = Event,
        From = From is { } first ? zone.StartOf(first) : null,
        To = To is { } last ? zone.StartOf(last.AddDays(1)) : null,
    };
}
