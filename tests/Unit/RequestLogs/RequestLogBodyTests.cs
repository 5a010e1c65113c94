using System.Reflection;
using System.Text.Json;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

public sealed class RequestLogBodyTests
{
    [Fact]
    public void A_body_keeps_the_judged_values_and_of_the_card_only_the_mask()
    {
        var body = Samples.Body("Booking 4711", "Two nights", ("room", "12b"), ("guest", "Zoë"));

        body.Json.ShouldBe(
            """{"cardNumber":"52000000****1005","reference":"Booking 4711","description":"Two nights","metadata":{"room":"12b","guest":"Zoë"}}""");
    }

    [Fact]
    public void What_was_not_sent_is_left_out() => Samples.Body("Booking").Json.ShouldBe("""{"cardNumber":"52000000****1005","reference":"Booking"}""");

    [Fact]
    public void Of_a_refused_request_nothing_is_kept() => RequestLogBody.Of((SetupIntentRequest?)null).ShouldBeNull();

    [Fact]
    public void An_API_key_that_someone_wrote_into_a_free_text_is_withheld_and_the_rest_kept()
    {
        const string Key = "sk_sandbox_AAAAAAAAAAAAAAAAAAAAAAAAA";
        var body = Samples.Body("Booking", $"made with {Key}", ("kept", "this"), ("key", Key), (Key, "named"));

        body.Json.ShouldNotContain(Key);
        var json = JsonDocument.Parse(body.Json).RootElement;
        json.GetProperty("reference").GetString().ShouldBe("Booking");
        json.GetProperty("description").GetString().ShouldBe(RequestLogScrubber.Replacement);
        json.GetProperty("metadata").GetProperty("kept").GetString().ShouldBe("this");
        json.GetProperty("metadata").GetProperty("key").GetString().ShouldBe(RequestLogScrubber.Replacement);
        json.GetProperty("metadata").GetProperty(RequestLogScrubber.Replacement).GetString().ShouldBe("named");
    }

    [Fact]
    public void Neither_a_body_nor_a_note_can_be_made_from_anything_but_judged_values()
    {
        Type[] harmless = [typeof(SetupIntentRequest), typeof(PaymentIntentRequest), typeof(CaptureRequest), typeof(RefundRequest), typeof(Dojo.Pci.Tokenization.Cards.CardDetails), typeof(int), typeof(IReadOnlyList<FieldError>), typeof(Problem), typeof(SetupIntent), typeof(PaymentIntent), typeof(Charge), typeof(Settlement), typeof(Microsoft.AspNetCore.Http.HttpContext)];
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        var taken = new[] { typeof(RequestLogBody), typeof(RequestLogNote) }
            .SelectMany(type => type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
            .SelectMany(method => method.GetParameters(), (_, parameter) => parameter.ParameterType)
            .Distinct();

        taken.ShouldBeSubsetOf(harmless);
    }
}
