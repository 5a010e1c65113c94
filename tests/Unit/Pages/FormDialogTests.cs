using Bunit;
using Dojo.Pci.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class FormDialogTests : PageTest
{
    private int _closings;

    [Fact]
    public async Task A_dialog_that_is_opened_again_is_not_closed_by_what_is_told_late_of_the_last_closing()
    {
        _ = Dialogs;
        var dialog = Render<FormDialog>(parameters => Show(parameters, isOpen: true));
        var tell = dialog.FindComponent<MudDialog>().Instance.VisibleChanged;

        await dialog.InvokeAsync(() => tell.InvokeAsync(false));
        dialog.Render(parameters => Show(parameters, isOpen: false));
        dialog.Render(parameters => Show(parameters, isOpen: true));
        await dialog.InvokeAsync(() => tell.InvokeAsync(false));

        _closings.ShouldBe(1);
        dialog.WaitForAssertion(() => Dialogs.FindAll("[role=dialog]").ShouldHaveSingleItem());
    }

    [Fact]
    public async Task Its_closing_is_told_each_time_it_was_open()
    {
        _ = Dialogs;
        var dialog = Render<FormDialog>(parameters => Show(parameters, isOpen: true));
        for (var time = 1; time <= 2; time++)
        {
            await dialog.InvokeAsync(() => dialog.FindComponent<MudDialog>().Instance.VisibleChanged.InvokeAsync(false));
            dialog.Render(parameters => Show(parameters, isOpen: false));
            _closings.ShouldBe(time);
            dialog.Render(parameters => Show(parameters, isOpen: true));
        }
    }

    private void Show(ComponentParameterCollectionBuilder<FormDialog> parameters, bool isOpen) => parameters
        .Add(dialog => dialog.Open, isOpen)
        .Add(dialog => dialog.Title, "A question?")
        .Add(dialog => dialog.OnClose, EventCallback.Factory.Create(this, () => { _closings++; }))
        .AddChildContent("Yes or no.");
}
