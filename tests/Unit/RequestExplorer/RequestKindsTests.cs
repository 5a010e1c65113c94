using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tests.Unit.RequestExplorer;

/// <summary>The kinds of requests that a log keeps next to its rows.</summary>
public sealed class RequestKindsTests : IAsyncLifetime
{
    private readonly FilledRequestLog _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _log.InitializeAsync();

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task Kinds_and_segments_go_with_the_last_of_their_rows()
    {
        while (await _log.Store.DeleteOldestAsync(Samples.Start.AddDays(99), 500) == 500)
        {
            // More rows remain.
        }

        (await _log.Search.ListKindsAsync(Samples.Tenant, Ct)).ShouldBeEmpty();
        await _log.Store.InsertAsync([Samples.Entry with { TraceId = FilledRequestLog.TraceOf(1), Status = 201 }]);
        (await _log.Search.SearchAsync(Samples.Tenant, new() { Text = FilledRequestLog.TraceOf(1) }, after: null, limit: 10, Ct)).ShouldHaveSingleItem().Status.ShouldBe(201);
        (await _log.Store.IndexAsync(10)).ShouldBe(0);
    }

    [Fact]
    public async Task Requests_that_are_refused_for_ever_other_fields_do_not_make_kinds_without_end()
    {
        var fields = Enumerable.Range(0, 12).Select(i => $"Field{i}").ToList();
        await _log.Store.InsertAsync([.. Enumerable.Range(3, 9).Select(count => Samples.Entry with { Status = 400, Refusal = string.Join(',', fields.Take(count)) })]);

        var kinds = await _log.Search.ListKindsAsync(Samples.Tenant, Ct);

        kinds.Where(kind => kind.Refusal?.StartsWith("Field0", StringComparison.Ordinal) == true).Select(kind => kind.Refusal).ShouldBe(["Field0,Field1,Field2", "Field0,Field1,Field2,…"], ignoreOrder: true);
    }
}
