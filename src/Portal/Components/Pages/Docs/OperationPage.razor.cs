using System.Globalization;
using Dojo.Pci.Portal.Authentication;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Docs.Errors;
using Dojo.Pci.Portal.Docs.Samples;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>
/// An operation of the API with a sample in each language. Public. For a member, a sample names the last four characters of a key of their tenant.
/// The language is in the address, and a cookie remembers it.
/// </summary>
public sealed partial class OperationPage
{
    private const string LanguageCookie = "docs-language";
    private const int MostKeys = 8;

    private ApiOperation _operation = null!;
    private SampleLanguage _language = SampleLanguage.All[0];
    private string _description = "";
    private string _sample = "";
    private IReadOnlyList<ManagedApiKey> _keys = [];
    private ManagedApiKey? _key;
    private List<(string Name, bool IsRequired, string Rule)> _properties = [];

    /// <summary>The operation's name in the address.</summary>
    [Parameter]
    public string? Slug { get; set; }

    /// <summary>The language in the address.</summary>
    [SupplyParameterFromQuery(Name = "lang")]
    public string? Language { get; set; }

    /// <summary>The key's number in the address.</summary>
    [SupplyParameterFromQuery(Name = "key")]
    public long? KeyId { get; set; }

    /// <summary>The request of the page.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    /// <summary>Finds the signed-in member.</summary>
    [Inject]
    public required ICurrentMember Current { get; init; }

    /// <summary>Lists the keys of the member's tenant.</summary>
    [Inject]
    public required IApiKeyService Keys { get; init; }

    /// <summary>The clock that determines which keys are valid now.</summary>
    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _operation = ApiDescription.Operations.FirstOrDefault(operation => operation.Slug == Slug)
            ?? throw new BadHttpRequestException("There is no such operation.", StatusCodes.Status404NotFound);
        _language = SampleLanguage.Find(Language ?? Http?.Request.Cookies[LanguageCookie]) ?? SampleLanguage.All[0];
        if (Language == _language.Slug)
        {
            Remember();
        }

        _keys = await KeysAsync();
        _key = _keys.FirstOrDefault(key => key.Key.Id.Value == KeyId) ?? (_keys.Count > 0 ? _keys[0] : null);
        var hint = _key is null ? null : $"“{_key.Key.Name}”, which ends in {_key.Key.LastFour}";
        _sample = _language.Write(SampleRequest.Of(_operation, Navigation.BaseUri, PublishedVersion.Newest, new SampleKey(Hint: hint)));
        _description = GuideReader.ToHtml(_operation.Description);
        _properties = [.. PropertiesOf(_operation)];
    }

    private void Remember() => Http?.Response.Cookies.Append(LanguageCookie, _language.Slug, new CookieOptions
    {
        HttpOnly = true,
        Secure = Http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        MaxAge = TimeSpan.FromDays(365),
        Path = PortalUrls.Docs,
    });

    private static IEnumerable<(string Name, bool IsRequired, string Rule)> PropertiesOf(ApiOperation operation)
    {
        if (operation.BodySchema is not { } schema || !schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        return properties.EnumerateObject().Select(property => (property.Name, required.Contains(property.Name), SchemaWords.RuleOf(property.Value)));
    }

    private static string? ErrorPageOf(string status) =>
        int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code >= StatusCodes.Status400BadRequest ? PortalUrls.ErrorPage(ErrorCodes.Of(code)) : null;

    private async Task<IReadOnlyList<ManagedApiKey>> KeysAsync()
    {
        if (Place is null || await Current.FindAsync() is not { } who)
        {
            return [];
        }

        var now = Clock.GetUtcNow();
        var listed = await Keys.ListAsync(who, Place.Tenant, new ApiKeyFilter(), CancellationToken.None);
        return listed.Value is { } list ? [.. list.Keys.Select(listed => listed.Key).Where(key => key.DeletedAt is null && key.Key.IsLiveAt(now)).Take(MostKeys)] : [];
    }

    private string InLanguage(SampleLanguage language) => With(language.Slug, KeyId);

    private string ForKey(ManagedApiKey key) => With(_language.Slug, key.Key.Id.Value);

    private string With(string language, long? key)
    {
        var address = At(PortalUrls.Operation(_operation.Slug));
        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}{(key is null ? "" : $"&key={key}")}";
    }
}
