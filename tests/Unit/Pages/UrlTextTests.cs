using Dojo.Pci.Portal.Components.Controls;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class UrlTextTests
{
    private readonly UrlText _text = new();

    [Fact]
    public void The_echo_of_an_earlier_letter_does_not_delete_a_later_one()
    {
        _text.Typed("v", "v");
        _text.Typed("vi", "vi");

        _text.Arrived("v");
        _text.Value.ShouldBe("vi");
        _text.Arrived("vi");
        _text.Value.ShouldBe("vi");
    }

    [Fact]
    public void An_echo_that_overtook_another_settles_both()
    {
        _text.Typed("v", "v");
        _text.Typed("vi", "vi");
        _text.Typed("vis", "vis");

        _text.Arrived("vi");

        _text.Value.ShouldBe("vis");
    }

    [Fact]
    public void An_address_from_elsewhere_is_taken_over()
    {
        _text.Typed("v", "v");
        _text.Arrived("v");

        _text.Arrived("jcb");
        _text.Value.ShouldBe("jcb");
        _text.Arrived(null);
        _text.Value.ShouldBe("");
    }

    [Fact]
    public void What_the_address_says_already_is_not_said_again()
    {
        _text.Typed("v", "v").ShouldBeTrue();
        _text.Typed("v ", "v").ShouldBeFalse();
        _text.Arrived("v");
        _text.Typed("v", "v").ShouldBeFalse();
    }
}
