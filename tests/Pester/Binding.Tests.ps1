Describe 'What arguments may look like' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
    }

    It 'an amount <Given> is <Cents> cents' -ForEach @(
        @{ Given = 60; Cents = 6000 }
        @{ Given = 60.5; Cents = 6050 }
        @{ Given = [decimal] 59.99; Cents = 5999 }
        @{ Given = '60'; Cents = 6000 }
        @{ Given = '60.00'; Cents = 6000 }
        @{ Given = '60,00'; Cents = 6000 }
        @{ Given = "60,50`u{A0}$"; Cents = 6050 }
        @{ Given = '$60'; Cents = 6000 }
        @{ Given = '6000c'; Cents = 6000 }
        @{ Given = '6000 ¢'; Cents = 6000 }
    ) {
        (New-TestGift -Price $Given).Price.Cents | Should -Be $Cents
    }

    It 'an amount <_> is refused' -ForEach '-60', '60.001', 'sixty', '60 EUR', '1,000.00', '99999999999', '' {
        { New-TestGift -Price $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError*'
    }

    It 'a campaign may be given as its id, as one of its gifts, or as an object that names it' {
        $gift = New-TestGift -CampaignId spring
        (New-TestGift -CampaignId 'spring').CampaignId | Should -Be 'spring'
        (New-TestGift -CampaignId $gift).CampaignId | Should -Be 'spring'
        (New-TestGift -CampaignId ([pscustomobject]@{ CampaignId = 'spring' })).CampaignId | Should -Be 'spring'
        (New-TestGift -CampaignId ('{ "CampaignId": "spring" }' | ConvertFrom-Json)).CampaignId | Should -Be 'spring'
    }

    It 'a secret may be given as a SecureString or a credential' {
        $text = ConvertTo-SecureString 'canary-0123456789' -AsPlainText -Force
        Use-TestSecret $text | Should -Be 17
        Use-TestSecret ([pscredential]::new('x', $text)) | Should -Be 17
    }

    It 'a secret in plain text is refused, and the error does not repeat it' {
        $problem = { Use-TestSecret 'canary-0123456789' } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError*'
        $problem.Exception.ToString() | Should -Not -Match 'canary'
        "$($problem.TargetObject)" | Should -Not -Match 'canary'
        $problem.Exception.Message | Should -Match 'SecureString'
    }
}
