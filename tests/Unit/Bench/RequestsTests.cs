using System.Text;
using System.Text.Json;
using Dojo.Pci.Bench.Load;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Bench;

public sealed class RequestsTests
{
    [Fact]
    public void Card_numbers_are_valid_spread_and_none_of_the_published_ones()
    {
        var cards = new CardNumbers(2000, seed: 1);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < cards.Count; i++)
        {
            cards[i].Length.ShouldBe(16);
            Luhn.IsValid(cards[i]).ShouldBeTrue();
            TestCards.TryFind(cards[i], out _).ShouldBeFalse();
            seen.Add(Encoding.ASCII.GetString(cards[i]));
        }

        seen.Count.ShouldBeGreaterThan(1990);
    }

    [Fact]
    public void The_same_seed_makes_the_same_card_numbers()
    {
        var (one, same, other) = (new CardNumbers(10, seed: 5), new CardNumbers(10, seed: 5), new CardNumbers(10, seed: 6));

        one[7].SequenceEqual(same[7]).ShouldBeTrue();
        one[7].SequenceEqual(other[7]).ShouldBeFalse();
        one[17].SequenceEqual(one[7]).ShouldBeTrue("they go round");
    }

    [Fact]
    public void Posts_go_round_the_keys_with_fresh_references_and_other_cards()
    {
        var cards = new CardNumbers(100, seed: 2);
        var posts = PostRequests.ToTokenize(["key-one", "key-two"], tag => cards[tag], "abc", withIdempotencyKeys: true);

        var first = Next(posts);
        var second = Next(posts);
        var third = Next(posts);

        first.Head.ShouldContain("Authorization: Basic key-one\r\n");
        second.Head.ShouldContain("Authorization: Basic key-two\r\n");
        third.Head.ShouldContain("Idempotency-Key: abc-0000000002\r\n");
        third.Body.GetProperty("reference").GetString().ShouldBe("abc-0000000002");
        third.Body.GetProperty("cardNumber").GetString().ShouldBe(Encoding.ASCII.GetString(cards[2]));
        third.Head.ShouldContain($"Content-Length: {third.Length}\r\n");
        third.Length.ShouldBeInRange(400, 500, "as long as what is published");
    }

    [Fact]
    public void A_post_can_be_written_again_as_it_was()
    {
        var cards = new CardNumbers(100, seed: 2);
        var posts = PostRequests.ToTokenize(["key-one", "key-two"], tag => cards[tag], "abc");
        var (sent, again) = (new byte[8192], new byte[8192]);
        posts.Next(sent, out _);
        var length = posts.Next(sent, out var tag);

        posts.Write(again, tag).ShouldBe(length);
        again.AsSpan(0, length).SequenceEqual(sent.AsSpan(0, length)).ShouldBeTrue();
    }

    [Fact]
    public void What_the_echo_is_sent_in_place_of_a_card_number_is_none()
    {
        var number = Next(PostRequests.ToEcho("abc")).Body.GetProperty("cardNumber").GetString()!;

        CardNumber.TryCreate(Encoding.ASCII.GetBytes(number), out _).ShouldBeFalse();
    }

    [Fact]
    public void Gets_in_turn_take_each_path_once_before_the_first_again()
    {
        var gets = new GetRequests([("/a", "key"), ("/b", "key")], inTurn: true);
        var buffer = new byte[8192];
        var asked = Enumerable.Range(0, 3).Select(_ => Encoding.ASCII.GetString(buffer, 0, gets.Next(buffer, out var _))[..6]);

        asked.ShouldBe(["GET /a", "GET /b", "GET /a"]);
    }

    private static (string Head, JsonElement Body, int Length) Next(PostRequests requests)
    {
        var buffer = new byte[8192];
        var text = Encoding.ASCII.GetString(buffer, 0, requests.Next(buffer, out _));
        var parts = text.Split("\r\n\r\n");
        return (parts[0] + "\r\n", JsonDocument.Parse(parts[1]).RootElement, parts[1].Length);
    }
}
