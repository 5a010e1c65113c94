using System.Globalization;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Cards.Detection;

/// <summary>
/// Measures both error rates of the detector on texts generated from a seed, and compares them with those published in docs/card-detection.md. The
/// rates are in the test output.
/// </summary>
public sealed class CardDetectionRatesTests(ITestOutputHelper output)
{
    private const int Texts = 10_000;
    private const int TextsForEachTestCard = 30;
    private const int MadeUpTexts = 2_000;
    private const double MostRefused = 0.1; // per hundred

    // One in eight of these numbers begins with a 3, and those with 36 are valid as numbers of Diners Club as well as of articles.
    private const double MostRefusedOfGtin14 = 0.25;

    private const int Seed = 20261129;

    [Fact]
    public void Of_texts_without_a_card_number_hardly_any_is_refused()
    {
        foreach (var (name, make) in InnocentTexts.Kinds)
        {
            var refused = Share(Texts, make, text => CardNumberDetector.ContainsCardNumber(text), out var example);

            output.WriteLine($"| {name} | {Percent(refused)} |");
            refused.ShouldBeLessThanOrEqualTo(name.Contains("GTIN-14", StringComparison.Ordinal) ? MostRefusedOfGtin14 : MostRefused, $"{name}, for instance {example}");
        }
    }

    [Fact]
    public void No_published_test_card_is_missed_in_any_disguise()
    {
        foreach (var (name, write) in Disguises.All)
        {
            var random = new Random(Seed);
            var missed = TestCards.All
                .SelectMany(card => Enumerable.Range(0, TextsForEachTestCard).Select(_ => write(card.Number, random)))
                .FirstOrDefault(text => !CardNumberDetector.ContainsCardNumber(text));

            missed.ShouldBeNull(name);
        }
    }

    [Fact]
    public void Hardly_any_number_that_is_on_no_list_is_missed_in_any_disguise()
    {
        foreach (var (name, write) in Disguises.All)
        {
            var missed = Share(MadeUpTexts, random => write(MadeUpCards.Next(random), random), text => !CardNumberDetector.ContainsCardNumber(text), out var example);

            output.WriteLine($"| {name} | {Percent(missed)} |");
            missed.ShouldBeLessThanOrEqualTo(0.5, $"{name}, for instance {example}");
        }
    }

    [Fact]
    public void Random_digits_are_refused_as_often_as_is_published()
    {
        foreach (var (length, most) in ((int, double)[])[(11, 0), (12, 0.1), (13, 1.5), (14, 1), (15, 2.5), (16, 5.5), (17, 10), (18, 14), (19, 18), (20, 25), (24, 42)])
        {
            var refused = Share(Texts, random => InnocentTexts.RandomDigits(random, length), text => CardNumberDetector.ContainsCardNumber(text), out _);

            output.WriteLine($"| {length} | {Percent(refused)} |");
            refused.ShouldBeLessThanOrEqualTo(most, $"{length} digits");
        }
    }

    private static double Share(int count, Func<Random, string> make, Func<string, bool> isSo, out string? example)
    {
        var (random, found) = (new Random(Seed), 0);
        example = null;
        for (var i = 0; i < count; i++)
        {
            var text = make(random);
            if (isSo(text))
            {
                found++;
                example = text;
            }
        }

        return 100.0 * found / count;
    }

    private static string Percent(double share) => share.ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
