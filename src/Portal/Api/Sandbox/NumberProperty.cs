using System.Text.Json;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary>A whole number in a body.</summary>
internal static class NumberProperty
{
    /// <summary>Creates the property of a field, which passes its number to <paramref name="take"/>.</summary>
    public static BodyProperty<T> Of<T>(string field, Action<T, int> take)
        where T : IBodyValidator => new(
            JsonNamingPolicy.CamelCase.ConvertName(field),
            (ref reader, request) =>
            {
                if (WholeNumber.TryRead(ref reader, out var number) && number is >= int.MinValue and <= int.MaxValue)
                {
                    take(request, (int)number);
                }
                else
                {
                    request.WrongType(field, "a whole number");
                    reader.Skip();
                }
            });
}
