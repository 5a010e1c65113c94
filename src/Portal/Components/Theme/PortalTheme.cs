using MudBlazor;

namespace Dojo.Pci.Portal.Components.Theme;

/// <summary>The look of MudBlazor's components here: quiet, dense, in Inter, and without upper case.</summary>
internal static class PortalTheme
{
    private static readonly string[] s_sans = ["Inter", "Inter Fallback", "system-ui", "sans-serif"];

    /// <summary>Builds the theme for a palette.</summary>
    public static MudTheme Over(PaletteLight palette) => new()
    {
        PaletteLight = palette,
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", DrawerWidthLeft = "240px", AppbarHeight = "56px" },
        Shadows = Flat(),
        Typography = new Typography
        {
            Default = Set<DefaultTypography>("0.9375rem", "400", "1.6", "normal"),
            H1 = Set<H1Typography>("1.625rem", "650", "1.25", "-0.02em"),
            H2 = Set<H2Typography>("1.125rem", "620", "1.4", "-0.011em"),
            H3 = Set<H3Typography>("1rem", "600", "1.5", "-0.006em"),
            H4 = Set<H4Typography>("1rem", "600", "1.5", "normal"),
            H5 = Set<H5Typography>("0.9375rem", "600", "1.5", "normal"),
            H6 = Set<H6Typography>("1.0625rem", "620", "1.4", "-0.011em"),
            Subtitle1 = Set<Subtitle1Typography>("0.9375rem", "550", "1.5", "normal"),
            Subtitle2 = Set<Subtitle2Typography>("0.875rem", "550", "1.5", "normal"),
            Body1 = Set<Body1Typography>("0.9375rem", "400", "1.6", "normal"),
            Body2 = Set<Body2Typography>("0.875rem", "400", "1.5", "normal"),
            Button = Set<ButtonTypography>("0.875rem", "550", "1.5", "normal"),
            Caption = Set<CaptionTypography>("0.8125rem", "400", "1.5", "normal"),
            Overline = Set<OverlineTypography>("0.75rem", "550", "1.5", "normal"),
        },
    };

    private static T Set<T>(string size, string weight, string lineHeight, string letterSpacing)
        where T : BaseTypography, new() =>
        new() { FontFamily = s_sans, FontSize = size, FontWeight = weight, LineHeight = lineHeight, LetterSpacing = letterSpacing, TextTransform = "none" };

    // A surface has a line around it. Only what lies over the page, such as a menu or a dialog, has a shadow.
    private static Shadow Flat()
    {
        const string Line = "0 0 0 1px var(--mud-palette-lines-default)";
        const string Over = $"{Line}, 0 16px 40px -12px rgb(0 0 0 / 30%)";
        var shadows = new Shadow();
        for (var height = 0; height < shadows.Elevation.Length; height++)
        {
            shadows.Elevation[height] = height switch { 0 => "none", <= 4 => Line, _ => Over };
        }

        return shadows;
    }
}
