using System.Net;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.SigningIn;

public sealed class PasswordTurnsTests
{
    private static readonly IPAddress s_flood = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_other = IPAddress.Parse("192.0.2.2");

    private readonly PasswordTurns _turns = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void While_one_address_fills_the_queue_another_still_has_its_part()
    {
        var places = TakeAll(s_flood);
        places.ShouldBe(20);

        TakeAll(s_other).ShouldBe(10);
    }

    [Fact]
    public async Task A_password_of_another_address_is_hashed_after_those_under_way_and_not_after_the_whole_queue()
    {
        using var mayEnd = new ManualResetEventSlim();
        var served = new List<string>();
        var flood = Enumerable.Range(0, 20).Select(_ => HashAsync(s_flood, "flood")).ToList();
        var other = HashAsync(s_other, "other");
        mayEnd.Set();
        await Task.WhenAll([.. flood, other]);

        served.IndexOf("other").ShouldBeLessThanOrEqualTo(2 * Environment.ProcessorCount);

        async Task HashAsync(IPAddress address, string name)
        {
            using var place = _turns.Enter(address);
            await _turns.RunAsync(
                () =>
                {
                    mayEnd.Wait(Ct);
                    lock (served)
                    {
                        served.Add(name);
                    }

                    return 0;
                },
                Ct);
        }
    }

    private int TakeAll(IPAddress address)
    {
        var taken = 0;
        Should.Throw<UnavailableException>(() =>
        {
            for (; ; taken++)
            {
                _turns.Enter(address);
            }
        });

        return taken;
    }
}
