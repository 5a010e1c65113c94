using System.Text.Json;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request that creates or changes a customer.</summary>
/// <param name="DetailsJson">The customer's details, as a JSON object; null when the request has none.</param>
public sealed record CustomerRequest(string? DetailsJson);

/// <summary>The only validator of requests that create or change customers. Works like <see cref="PaymentIntentValidator"/>.</summary>
public sealed class CustomerValidator : BodyValidator, IDisposable
{
    private static readonly Dictionary<string, JsonShape> s_shapes = new(StringComparer.Ordinal)
    {
        ["name"] = JsonShape.Text(100),
        ["shippingAddress"] = PartyShapes.Address,
        ["billingAddress"] = PartyShapes.Address,
        ["emailAddress"] = JsonShape.Text(254),
        ["phoneNumber"] = JsonShape.Text(50, form: TextForm.PhoneNumber),
        ["vatNumber"] = JsonShape.Text(50),
    };

    private readonly StoredProperties _kept = new();

    /// <summary>The names of the properties that a request may have.</summary>
    public static IReadOnlyCollection<string> Names => s_shapes.Keys;

    /// <summary>Validates and keeps a property of <see cref="Names"/>; the reader is at its value.</summary>
    public void Keep(string property, ref Utf8JsonReader reader) => _kept.Read(ref reader, property, s_shapes[property], Errors);

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<CustomerRequest> Validate() => Errors.Any ? Errors.ToRefusal() : new CustomerRequest(_kept.Json);

    /// <inheritdoc/>
    public void Dispose() => _kept.Dispose();
}

/// <summary>The only validator of searches for customers.</summary>
public sealed class CustomerSearchValidator : BodyValidator
{
    private readonly PageRules _page;

    /// <summary>Creates a validator for one search.</summary>
    public CustomerSearchValidator() => _page = new PageRules("", Errors);

    /// <summary>Reads the number of customers; the reader is at it.</summary>
    public void Limit(ref Utf8JsonReader reader) => _page.Limit(ref reader);

    /// <summary>Validates the id of the customer before which the page ends.</summary>
    public void Before(ReadOnlySpan<byte> utf8) => _page.Before(utf8);

    /// <summary>Validates the id of the customer after which the page begins.</summary>
    public void After(ReadOnlySpan<byte> utf8) => _page.After(utf8);

    /// <summary>Returns the validated request, or a refusal with every broken rule.</summary>
    public Result<PageRequest> Validate()
    {
        var page = _page.Validate();
        return Errors.Any ? Errors.ToRefusal() : page;
    }
}
