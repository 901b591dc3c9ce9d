Describe 'Asking Giftbit' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
    }

    Context 'Test-GiftbitToken' {
        It 'is true for the token of the settings' {
            Test-GiftbitToken | Should -BeTrue
        }

        It 'is false for a token that Giftbit refuses' {
            Test-GiftbitToken -Token (ConvertTo-SecureString 'canary-token' -AsPlainText) | Should -BeExactly $false
        }

        It '-Detailed says who, where and how much' {
            $detail = Test-GiftbitToken -Detailed
            $detail.IsValid | Should -BeTrue
            $detail.Environment | Should -Be 'Sandbox'
            $detail.UserName | Should -Not -BeNullOrEmpty
            $detail.Funds.Currency | Should -Contain 'CAD'
        }

        It 'Ctrl+C ends the wait for a service that does not answer' {
            # Takes the connection and says nothing. Without Ctrl+C that is waited for several times half a minute.
            $silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $silent.Start()
            $powershell = [powershell]::Create()
            $endpoint = $env:GIFTBIT_ENDPOINT
            try {
                $env:GIFTBIT_ENDPOINT = "http://127.0.0.1:$($silent.LocalEndpoint.Port)/papi/v1"
                $running = $powershell.AddScript("Import-Module '$(Get-ModuleManifest)'; Test-GiftbitToken").BeginInvoke()
                Wait-Until { $silent.Pending() } -Or { $running.IsCompleted }
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $powershell.Stop()
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 25
                $powershell.InvocationStateInfo.State | Should -Be 'Stopped'
            }
            finally {
                $env:GIFTBIT_ENDPOINT = $endpoint
                $powershell.Dispose()
                $silent.Stop()
            }
        }

        It 'production asks for the production host, which a sandbox address is not' {
            { Test-GiftbitToken -Production -Token (ConvertTo-SecureString 'x' -AsPlainText) } | Should -Not -Throw
            $endpoint = $env:GIFTBIT_ENDPOINT
            $env:GIFTBIT_ENDPOINT = 'https://api.giftbit.com/papi/v1'
            try { { Test-GiftbitToken } | Should -Throw -ErrorId 'EndpointIsProduction*' }
            finally { $env:GIFTBIT_ENDPOINT = $endpoint }
        }

        It 'no stream shows the token' {
            $seen = Test-GiftbitToken -Detailed -Verbose -Debug *>&1 | Out-String -Width 500
            $seen += Test-GiftbitToken -Token (ConvertTo-SecureString 'canary-token' -AsPlainText) -Verbose *>&1 | Out-String -Width 500
            $seen | Should -Not -Match ([regex]::Escape($env:GIFTBIT_TOKEN))
            $seen | Should -Not -Match 'canary-token'
        }
    }

    Context 'the catalogue' {
        It 'lists the brands of a region given by its name' {
            $canada = Get-GiftbitBrand -Region canada
            $canada.BrandCode | Should -Contain 'timhortonsca'
            $canada.Count | Should -BeLessThan @(Get-GiftbitBrand).Count
        }

        It 'an unknown region is an error that lists the known ones' {
            { Get-GiftbitBrand -Region Atlantis } | Should -Throw -ErrorId 'GiftbitUnknownRegion*' -ExpectedMessage '*Canada*'
        }

        It 'a named brand tells its prices' {
            $brand = 'timhortonsca' | Get-GiftbitBrand
            $brand.Allows(6000) | Should -BeTrue
            $brand | Out-String -Width 100 | Should -Match '5\.00 – 500\.00'
        }

        It '-Detailed tells prices in lists too' {
            (Get-GiftbitBrand -Search 'Tim Hortons' -Detailed).MinPriceInCents | Should -BeGreaterThan 0
        }

        It 'brands that were seen complete afterwards, by code and by name' {
            $null = Get-GiftbitBrand -Region Canada
            Get-Completion 'Get-GiftbitBrand -BrandCode timh' | Should -Contain 'timhortonsca'
            Get-Completion "Get-GiftbitBrand -BrandCode 'Tim H" | Should -Contain 'timhortonsca'
        }

        It 'lists regions, which complete afterwards by name and by number, quoted where they have to be' {
            Get-Completion 'Get-GiftbitBrand -DataPath . -Region Can' | Should -Not -Contain 'Canada'
            (Get-GiftbitRegion Can*, Canada).Name | Should -Be 'Canada'
            Get-Completion 'Get-GiftbitBrand -Region can' | Should -Be 'Canada'
            Get-Completion "New-GiftbitCampaign -Id x -Region 'New Z" | Should -Be "'New Zealand'"
            Get-Completion 'New-GiftbitCampaign -Id x -Production -Region Can' | Should -BeNullOrEmpty
        }

        It 'shows funds by currency' {
            $fund = Get-GiftbitFund cad
            $fund | Should -HaveCount 1
            $fund.Available.Amount | Should -BeGreaterThan 0
        }

        It 'a list cut by Select-Object ends' {
            Get-GiftbitBrand | Select-Object -First 1 | Should -HaveCount 1
        }
    }
}
