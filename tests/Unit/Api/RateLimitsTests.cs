using System.Net;
using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Nodes;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>
/// Which callers share a bucket. A bucket holds two tokens and gains one a second: of hundreds of callers that share one, very few are admitted,
/// however slow the machine, whereas all are when each has its own.
/// </summary>
public sealed class RateLimitsTests : IDisposable
{
    private const int Callers = 500;
    private readonly RateLimits _limits = new(Options.Create(new ApiOptions { PublicRequestsPerSecondPerAddress = 1 }), new Node());

    public void Dispose() => _limits.Dispose();

    [Fact]
    public void All_addresses_of_one_IPv6_network_share_a_bucket()
    {
        var admitted = Admitted(caller => $"2001:db8:1:2:{caller:x}:{caller:x}::{caller + 1:x}");

        admitted.ShouldBeInRange(2, Callers / 4);
    }

    [Fact]
    public void Two_neighbours_in_one_IPv6_network_share_a_bucket_and_those_next_door_do_not()
    {
        while (Take("2001:db8:1:2::1"))
        {
            // until the bucket is empty
        }

        Admitted(caller => $"2001:db8:1:{caller + 3:x}::1").ShouldBe(Callers);
    }

    [Fact]
    public void Different_IPv6_networks_have_buckets_of_their_own() => Admitted(caller => $"2001:db8:1:{caller:x}::1").ShouldBe(Callers);

    [Fact]
    public void IPv4_addresses_have_buckets_of_their_own() => Admitted(caller => $"192.0.{caller / 256}.{caller % 256}").ShouldBe(Callers);

    [Fact]
    public void IPv4_addresses_that_come_as_IPv6_have_buckets_of_their_own() =>
        Admitted(caller => $"::ffff:192.0.{caller / 256}.{caller % 256}").ShouldBe(Callers);

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData(null)]
    public void One_address_has_one_bucket(string? address) =>
        Enumerable.Range(0, Callers).Count(_ => Take(address)).ShouldBeInRange(2, Callers / 4);

    [Fact]
    public void Each_of_several_nodes_gives_a_caller_its_share()
    {
        const int PerSecond = 100_000; // the refill in the meantime is small compared with it
        var node = new Node();
        node.Note(count: 4);
        using var limits = new RateLimits(Options.Create(new ApiOptions { RequestsPerSecondPerKey = PerSecond }), node);

        var taken = 0;
        while (limits.TryTake(new ApiKeyId(1), out _))
        {
            taken++;
        }

        taken.ShouldBeInRange(2 * PerSecond / 4, 2 * PerSecond / 2);
    }

    private int Admitted(Func<int, string> address) => Enumerable.Range(0, Callers).Count(caller => Take(address(caller)));

    private bool Take(string? address) => _limits.TryTake(address is null ? null : IPAddress.Parse(address), out _);
}
