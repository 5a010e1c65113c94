using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Tests.Unit.Pages;

/// <summary>Simulates what a person does on a page.</summary>
internal static class PageActs
{
    /// <summary>
    /// Waits for an element, then finds it and acts on it between two renderings: on a page that renders by itself, a test would otherwise hold an
    /// element that no longer exists.
    /// </summary>
    public static void Act<TComponent>(this IRenderedComponent<TComponent> page, string selector, Action<IElement> act)
        where TComponent : IComponent
    {
        page.WaitForElement(selector);
        page.InvokeAsync(() => act(page.Find(selector))).GetAwaiter().GetResult();
    }
}
