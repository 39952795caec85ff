namespace MfaPlan.State.Tests.Stores;

public sealed class BlobContractTests : StoreContract
{
    protected override async Task<IStorePlace> NewAsync() => await BlobContainer.NewAsync(init: false);
}
