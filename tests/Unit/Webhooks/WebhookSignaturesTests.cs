using System.Text;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

public sealed class WebhookSignaturesTests
{
    [Fact]
    public void The_published_vectors_of_the_signatures_come_out()
    {
        // From dojo-domain.md §7.2, and the example of the Standard Webhooks specification.
        const string Body = """{"id":"evt_7kQ2mY0aZUqC1fB9xw3d5A","event":"payment_intent.status_updated","accountId":"acc_demo","createdAt":"2026-03-04T09:15:27.1234567Z","data":{"paymentIntentId":"pi_sandbox_Zr1sT0mXy0SJ3bQ8vNc4Ww","paymentStatus":"Captured","captureMode":"Auto"}}""";
        WebhookSignatures.Dojo("Qm9v-ZkT1kOe5HcX2y_L8w", Encoding.UTF8.GetBytes(Body))
            .ShouldBe("sha256=21-07-65-92-4B-B7-48-9B-3A-EB-5D-2F-71-90-1B-C5-6F-23-FE-A1-57-BC-46-42-29-2C-5B-5D-FE-5E-03-38");
        WebhookSignatures.Standard("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
