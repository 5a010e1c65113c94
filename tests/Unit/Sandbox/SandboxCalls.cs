using System.Text;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dojo.Pci.Tests.Unit.Sandbox;

/// <summary>The calls below <c>/sandbox</c>, and a way for tests to run a host's jobs themselves.</summary>
internal static class SandboxCalls
{
    public static Task<ApiAnswer> ThrowawayAsync(this HttpClient client, string json = "{}") =>
        client.AskAsync(HttpMethod.Post, "/sandbox/sandboxes", Encoding.UTF8.GetBytes(json));

    public static Task<ApiAnswer> RemoveThrowawayAsync(this HttpClient client, string id) => client.AskAsync(HttpMethod.Delete, $"/sandbox/sandboxes/{id}");

    public static async Task<IReadOnlyList<string>> ThrowawaysAsync(this HttpClient client) =>
        [.. (await client.AskAsync(HttpMethod.Get, "/sandbox/sandboxes")).ShouldBeDone().Json.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    /// <summary>Removes the loops of jobs from a host, so that they run only when a test says so.</summary>
    public static void RemoveLoops(this IServiceCollection services, params Type[] jobs)
    {
        foreach (var loop in jobs.Select(job => typeof(BackgroundJobLoop<>).MakeGenericType(job)))
        {
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == loop));
        }
    }
}
