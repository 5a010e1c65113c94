using Dojo.Pci.Portal.Components.Pages.Tokens;
using Dojo.Pci.Portal.Components.Time;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Webhooks;
using Microsoft.Extensions.Primitives;

namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>What the filters above the deliveries of an endpoint say, and how its address repeats it.</summary>
public sealed record DeliveryQuery
{
    private const string StatusParameter = "status";
    private const string EventParameter = "event";
    private const string FromParameter = "from";
    private const string ToParameter = "to";

    // The names that there are, and that of a test, to which nobody subscribes.
    private static readonly IReadOnlyList<string> s_events = [.. WebhookEvents.Names, WebhookEvents.Test];

    /// <summary>The names of events that there are.</summary>
    public static IReadOnlyList<string> Events => s_events;

    /// <summary>What became of them.</summary>
    public WebhookDeliveryStatus? Status { get; init; }

    /// <summary>The event.</summary>
    public string? Event { get; init; }

    /// <summary>The first day, in the zone of the reader.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in the zone of the reader.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether anything is filtered.</summary>
    public bool IsFiltered => this != new DeliveryQuery();

    /// <summary>The same as parameters of an address; those without a value are empty.</summary>
    public IEnumerable<(string Name, string? Value)> Parameters =>
    [
        (StatusParameter, Status?.ToString()),
        (EventParameter, Event),
        (FromParameter, AddressParameters.TextOf(From)),
        (ToParameter, AddressParameters.TextOf(To)),
    ];

    /// <summary>Reads an address.</summary>
    /// <returns>What was understood, and for each parameter that was not, why. While there is any of these, nothing is to be shown.</returns>
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

    /// <summary>What is to be looked for. The days are those of the reader's zone.</summary>
    public WebhookDeliveryFilter ToFilter(ZonedTime zone) => new()
    {
        Status = Status,
        Event = Event,
        From = From is { } first ? zone.StartOf(first) : null,
        To = To is { } last ? zone.StartOf(last.AddDays(1)) : null,
    };
}
