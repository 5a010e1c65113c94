using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Dojo.Pci.Portal.Authentication.SingleSignOn;

/// <summary>The provider's answer about a signed-in person.</summary>
/// <param name="IsRefused">Whether the person no longer has access.</param>
/// <param name="RefreshToken">The refresh token for the next request; null if it is unchanged.</param>
/// <param name="Groups">The person's current groups.</param>
internal sealed record ProviderAnswer(bool IsRefused, string? RefreshToken, IReadOnlySet<string> Groups)
{
    /// <summary>The answer that the person no longer has access.</summary>
    public static ProviderAnswer Refusal { get; } = new(IsRefused: true, RefreshToken: null, new HashSet<string>(StringComparer.Ordinal));
}

/// <summary>Asks the provider about a signed-in person: exchanges the refresh token for an access token, and reads the groups with that.</summary>
internal sealed class ProviderClient(IOptionsMonitor<OpenIdConnectOptions> schemes, IOptions<SingleSignOnOptions> settings)
{
    /// <summary>Asks the provider; null if it cannot be asked now.</summary>
    public async Task<ProviderAnswer?> AskAsync(string subject, string refreshToken, CancellationToken ct)
    {
        try
        {
            var scheme = schemes.Get(SingleSignOnExtensions.Scheme);
            var provider = await scheme.ConfigurationManager!.GetConfigurationAsync(ct);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = OpenIdConnectGrantTypes.RefreshToken,
                ["refresh_token"] = refreshToken,
                ["client_id"] = scheme.ClientId!,
                ["client_secret"] = scheme.ClientSecret!,
            });
            using var tokens = await scheme.Backchannel.PostAsync(new Uri(provider.TokenEndpoint), form, ct);
            using var granted = await ReadAsync(tokens, ct);
            if (granted is null)
            {
                return null;
            }

            if (tokens.StatusCode != HttpStatusCode.OK)
            {
                // RFC 6749, 5.2: invalid_grant means that the grant is no longer valid. Any other error is a fault of ours or the provider's.
                return tokens.StatusCode == HttpStatusCode.BadRequest && TextOf(granted, "error") == "invalid_grant" ? ProviderAnswer.Refusal : null;
            }

            using var question = new HttpRequestMessage(HttpMethod.Get, provider.UserInfoEndpoint);
            question.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TextOf(granted, "access_token"));
            using var answer = await scheme.Backchannel.SendAsync(question, ct);
            using var person = answer.StatusCode == HttpStatusCode.OK ? await ReadAsync(answer, ct) : null;
            return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (person is not null && TextOf(person, "sub") != subject) ? ProviderAnswer.Refusal
                : person is null ? null
                : new ProviderAnswer(IsRefused: false, TextOf(granted, "refresh_token"), GroupsOf(person.RootElement));
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or IOException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private static async Task<JsonDocument?> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            var read = await JsonDocument.ParseAsync(body, cancellationToken: ct);
            return read.RootElement.ValueKind == JsonValueKind.Object ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private HashSet<string> GroupsOf(JsonElement person) => !person.TryGetProperty(settings.Value.GroupsClaim, out var groups) ? []
        : groups.ValueKind == JsonValueKind.Array ? groups.EnumerateArray().Where(group => group.ValueKind == JsonValueKind.String).Select(group => group.GetString()!).ToHashSet(StringComparer.Ordinal)
        : groups.ValueKind == JsonValueKind.String ? [groups.GetString()!]
        : [];
}
