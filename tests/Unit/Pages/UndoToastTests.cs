using Bunit;
using Dojo.Pci.Portal.Components;
using Dojo.Pci.Portal.Components.Controls;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class UndoToastTests : MemberPageTest
{
    private UndoToasts Toasts => Services.GetRequiredService<UndoToasts>();

    public UndoToastTests() => Services.AddSingleton<UndoToasts>();

    [Fact]
    public void A_toast_goes_by_itself_but_not_while_the_pointer_is_in_it()
    {
        var toast = Render<UndoToast>();
        Toasts.Show("Done", () => Task.CompletedTask);
        toast.Act("[data-testid=toast]", element => element.TriggerEvent("onpointerenter", EventArgs.Empty));
        Clock.Advance(2 * UndoToast.Stay);
        toast.FindAll("[data-testid=toast]").Count.ShouldBe(1);

        toast.Act("[data-testid=toast]", element => element.TriggerEvent("onpointerleave", EventArgs.Empty));
        Clock.Advance(UndoToast.Stay);
        toast.WaitForAssertion(() => toast.FindAll("[data-testid=toast]").ShouldBeEmpty());
    }

    [Fact]
    public void What_is_undone_is_undone_once_and_the_next_toast_takes_the_place_of_the_one_before()
    {
        var undone = 0;
        var toast = Render<UndoToast>();
        Toasts.Show("First", () => Task.CompletedTask);
        Toasts.Show("Second", () => Task.FromResult(undone++));
        toast.WaitForAssertion(() => toast.Find("[data-testid=toast]").TextContent.ShouldContain("Second"));

        toast.Act("[data-testid=undo]", element => element.Click());
        toast.WaitForAssertion(() => toast.FindAll("[data-testid=toast]").ShouldBeEmpty());
        undone.ShouldBe(1);
    }
}
