namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>
/// In a test's client, it checks every answer of the API, whatever the test is about, and fails the test with a <see
/// cref="ContractBrokenException"/>. It does not read answers from addresses outside the API.
/// </summary>
internal sealed class OpenApiCheckingHandler(OpenApiContract contract) : DelegatingHandler
{
    public OpenApiCheckingHandler()
        : this(OpenApiContract.Current)
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!contract.Covers(PathOf(request)))
        {
            return response;
        }

        try
        {
            var answer = await ReadAsync(request, response, cancellationToken);
            contract.Check(answer);
            ErrorHelp.Check(answer);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static async Task<ValidatedAnswer> ReadAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken ct)
    {
        // Buffered, because the test reads the same bytes again.
        await response.Content.LoadIntoBufferAsync(ct);
        return new ValidatedAnswer(
            request.Method.Method,
            PathOf(request),
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsByteArrayAsync(ct),
            request.Headers.TryGetValues("version", out var version) ? string.Join(',', version) : null,
            response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }

    private static string PathOf(HttpRequestMessage request) => request.RequestUri!.AbsolutePath;
}
