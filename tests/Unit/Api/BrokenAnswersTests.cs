using System.Net;
using Dojo.Pci.Portal.Api.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>A fault after the answer has started: its status has already been sent.</summary>
public sealed class BrokenAnswersTests
{
    [Fact]
    public async Task What_was_begun_and_cannot_be_finished_is_cut_off_and_not_taken_for_whole()
    {
        var ct = TestContext.Current.CancellationToken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.UseMiddleware<ErrorMiddleware>();
        app.Run(async context =>
        {
            await context.Response.WriteAsync("<!DOCTYPE html><p>Half", ct);
            await context.Response.Body.FlushAsync(ct);
            throw new InvalidOperationException("the store is gone");
        });
        await app.StartAsync(ct);
        using var client = app.GetTestClient();

        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<Exception>(() => answer.Content.ReadAsStringAsync(ct));
    }
}
