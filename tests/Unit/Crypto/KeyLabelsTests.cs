using System.Reflection;
using System.Text;
using Dojo.Pci.Tokenization.Crypto;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class KeyLabelsTests
{
    private delegate ReadOnlySpan<byte> Label();

    [Fact]
    public void No_two_uses_of_key_material_share_a_label_or_the_start_of_one()
    {
        var labels = typeof(KeyLabels).GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Select(property => Encoding.UTF8.GetString(property.GetMethod!.CreateDelegate<Label>()())).ToArray();

        labels.Length.ShouldBeGreaterThan(5);
        labels.ShouldAllBe(label => labels.Count(other => other.StartsWith(label)) == 1);
    }
}
