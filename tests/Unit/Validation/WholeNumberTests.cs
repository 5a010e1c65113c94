using System.Globalization;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Tokenization.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Validation;

public sealed class WholeNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0.0", 0)]
    [InlineData("0e99999999999999999999", 0)]
    [InlineData("1000", 1000)]
    [InlineData("1000.0", 1000)]
    [InlineData("1000.00000000000000000000000000000000000000", 1000)]
    [InlineData("1e3", 1000)]
    [InlineData("1E+3", 1000)]
    [InlineData("10000e-1", 1000)]
    [InlineData("1.2345e4", 12345)]
    [InlineData("0.001e6", 1000)]
    [InlineData("100000000000000000000000000000e-26", 1000)]
    [InlineData("-1000.0", -1000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775807.0", long.MaxValue)]
    public void A_whole_number_is_one_however_it_is_written(string json, long number) => Read(json).ShouldBe(number);

    [Theory]
    [InlineData("0.5")]
    [InlineData("1.00000000000000000000000000000000000001")]
    [InlineData("1e-1")]
    [InlineData("15e-1")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("1e19")]
    [InlineData("1e99999999999999999999")]
    [InlineData("9223372036854775808")]
    [InlineData("9223372036854775808.0")]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("null")]
    public void Anything_else_is_none(string json) => Read(json).ShouldBeNull();

    [Fact]
    public void Any_number_reads_the_same_with_its_point_moved_and_its_exponent_to_match() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
            ArbMap.Default.GeneratorFor<long>().Where(number => number != 0).ToArbitrary(),
            Gen.Choose(0, 40).ToArbitrary(),
            (number, zeros) =>
            {
                var digits = number.ToString(CultureInfo.InvariantCulture) + new string('0', zeros);
                return Read($"{digits}e-{zeros}") == number && Read($"{number}.{new string('0', zeros + 1)}") == number;
            }));

    private static long? Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read().ShouldBeTrue();
        return WholeNumber.TryRead(ref reader, out var number) ? number : null;
    }
}
